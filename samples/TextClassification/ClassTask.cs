using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>One of several classes; ordered ones are numbers.</summary>
internal sealed class ClassTask(bool isOrdered) : TextTask
{
    private const string Key = "Key";
    private ITransformer? _keys;

    public override string Name => isOrdered ? "ordinal" : "multiclass";

    public override bool IsNumeric => isOrdered;

    public override void See(IReadOnlySet<string> labels, string file)
    {
        if (labels.Count < 2) throw new FileException($"{file}: expected at least two different labels, got {labels.Count}{(labels.Count == 1 ? $" ('{labels.First()}')" : "")}. Is --label-column right?");
    }

    public override void SeeStrangers(string[] strangers, string file, string trainingFile) => Console.WriteLine(
        $"warning: {file}: {strangers.Length} rows have a label that {trainingFile} lacks ({string.Join(", ", strangers.Distinct().Take(5))}); in a test each counts as a mistake in MicroAccuracy, and everything else leaves it out");

    public override Learned Learn(MLContext ml, Examples examples, RnnNetworkOptions network, RnnTextOptions text, RnnTrainingOptions training)
    {
        ITransformer keys = Keys(ml, examples);
        var options = new RnnTextClassificationOptions { LabelColumnName = Key, OrderedClasses = isOrdered, Network = network, Text = text, Training = training with { ValidationSet = keys.Transform(examples.Validation) } };
        return Finish(ml, ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(keys.Transform(examples.Train)), ml.Transforms.Conversion.MapKeyToValue(Answer, "PredictedLabel"));
    }

    public override IEnumerable<(string Name, double Value)> Measure(MLContext ml, Learned learned, Examples examples) =>
        Metrics(ml, learned.Rnn.Transform(Keys(ml, examples).Transform(examples.Test)), Key);

    /// <summary>The metrics on scored rows, in the order in which they are printed.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="scored">The rows.</param>
    /// <param name="key">The column of the label as a key.</param>
    public static IEnumerable<(string Name, double Value)> Metrics(MLContext ml, IDataView scored, string key)
    {
        // Rows whose label the model cannot know are mistakes; ML.NET's evaluator leaves them out.
        uint[] labels = [.. scored.GetColumn<uint>(key)];
        double known = (double)labels.Count(label => label > 0) / Math.Max(labels.Length, 1);
        if (known == 0) throw new FileException("test: expected at least one row with a label of the training file, got none");
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored, key);
        return [("MicroAccuracy", metrics.MicroAccuracy * known), ("MacroAccuracy", metrics.MacroAccuracy), ("LogLoss", metrics.LogLoss)];
    }

    /// <summary>The label as a key, of the values in their order.</summary>
    private ITransformer Keys(MLContext ml, Examples examples) => _keys ??= ml.Transforms.Conversion
        .MapValueToKey(Key, isOrdered ? nameof(Example.Number) : nameof(Example.Label), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(examples.Train);
}
