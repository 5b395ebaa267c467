using Microsoft.ML;

namespace MlNetRnn.Benchmarks;

/// <summary>The alternative in ML.NET without this library: FeaturizeText and SdcaMaximumEntropy.</summary>
internal static class LinearModel
{
    private const int Rows = 2_000;

    public static ITransformer Of(MLContext ml, Workload workload)
    {
        IDataView data = ml.Data.LoadFromEnumerable(workload.Texts.Take(Rows).Select((text, i) =>
            new LabeledText { Label = $"{i % Workload.Classes}", Text = text }));
        // The mapping is not part of the model, because scoring must not need a label.
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        return ml.Transforms.Text.FeaturizeText("Features", "Text")
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 5)).Fit(keyed);
    }
}
