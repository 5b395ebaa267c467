using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetRnn.Samples.Texts;

/// <summary>One of several classes; ordered ones are numbers.</summary>
public sealed class ClassTask(bool isOrdered) : TextTask
{
    private const string Key = "Key";
    private ITransformer? _keys;

    public override string Name => isOrdered ? "ordinal" : "multiclass";

    public override bool IsNumeric => isOrdered;

    public override string Summary(IReadOnlyDictionary<string, int> labels) => isOrdered ? NumberTask.InWords(labels) : base.Summary(labels);

    public override void CheckLabels(IReadOnlyDictionary<string, int> labels, string file)
    {
        if (labels.Count < 2)
            throw new FileException($"{file}: expected at least two different labels, got {labels.Count} ({OneLine.First(labels.Keys)}). "
                + "Check --label-column, or add rows of other classes.");
    }

    public override void WarnOfRareLabels(IEnumerable<KeyValuePair<string, int>> labels, string file)
    {
        string[] rare = [.. labels.Where(label => label.Value == 1).Select(label => label.Key)];
        if (rare.Length == 0) return;
        Console.WriteLine($"warning: {file}: {OneLine.Count(rare.Length, "labels")} with a single row ({OneLine.First(rare)}); little can be learned from "
            + "one row, and nothing if it is held out");
    }

    public override void CheckUnseenLabels(
        IReadOnlyCollection<KeyValuePair<string, int>> unseen, bool areAll, string file, string trainingFile, IReadOnlyDictionary<string, int> labels)
    {
        string names = OneLine.First(unseen.Select(label => label.Key));
        if (areAll)
        {
            throw new FileException($"{file}: expected at least one row with a label of {trainingFile} ({OneLine.First(labels.Keys)}), "
                + $"got only others ({names}). Check --label-column and --has-header, and whether the files belong together.");
        }
        Console.WriteLine($"warning: {file}: {OneLine.Count(unseen.Sum(label => label.Value), "rows")} with a label that {trainingFile} does not have "
            + $"({names}); in a test each counts as an error in MicroAccuracy and is left out of the other metrics");
    }

    public override Learned Learn(MLContext ml, Examples examples, RnnNetworkOptions network, RnnTextOptions text, RnnTrainingOptions training)
    {
        ITransformer keys = Keys(ml, examples);
        var options = new RnnTextClassificationOptions
        {
            LabelColumnName = Key,
            OrdinalClasses = isOrdered,
            Network = network,
            Text = text,
            Training = training with { ValidationSet = keys.Transform(examples.Validation) },
        };
        return Finish(
            ml,
            ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(keys.Transform(examples.Train)),
            ml.Transforms.Conversion.MapKeyToValue(Answer, "PredictedLabel"));
    }

    public override IEnumerable<(string Name, double Value)> Measure(MLContext ml, Learned learned, Examples examples) =>
        Metrics(ml, learned.Rnn.Transform(Keys(ml, examples).Transform(examples.Test)), Key);

    /// <summary>Measures scored rows: metrics in the order in which they are printed.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="scored">The rows.</param>
    /// <param name="key">The column of the label as a key.</param>
    public static IEnumerable<(string Name, double Value)> Metrics(MLContext ml, IDataView scored, string key)
    {
        // Rows whose label the model cannot predict are errors; ML.NET's evaluator leaves them out.
        uint[] labels = [.. scored.GetColumn<uint>(key)];
        double known = (double)labels.Count(label => label > 0) / Math.Max(labels.Length, 1);
        if (known == 0) return [("MicroAccuracy", 0), ("MacroAccuracy", double.NaN), ("LogLoss", double.NaN)];
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored, key);
        return [("MicroAccuracy", metrics.MicroAccuracy * known), ("MacroAccuracy", metrics.MacroAccuracy), ("LogLoss", metrics.LogLoss)];
    }

    /// <summary>Maps labels to keys, in the order of the values.</summary>
    private ITransformer Keys(MLContext ml, Examples examples) => _keys ??= ml.Transforms.Conversion
        .MapValueToKey(Key, isOrdered ? nameof(Example.Number) : nameof(Example.Label), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(examples.Train);
}
