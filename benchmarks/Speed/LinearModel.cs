using Microsoft.ML;

namespace MlNetRnn.Benchmarks;

/// <summary>What a user of ML.NET has without this library: FeaturizeText and SdcaMaximumEntropy.</summary>
internal static class LinearModel
{
    private const int Rows = 2_000;

    public static ITransformer Of(MLContext ml, Workload workload)
    {
        IDataView data = ml.Data.LoadFromEnumerable(workload.Texts.Take(Rows).Select((text, i) => new LabelledText { Label = $"{i % Workload.Classes}", Text = text }));
        // Fitted apart, so that the model asks for no label when it scores.
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        return ml.Transforms.Text.FeaturizeText("Features", "Text").Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 5)).Fit(keyed);
    }

    private sealed class LabelledText
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
