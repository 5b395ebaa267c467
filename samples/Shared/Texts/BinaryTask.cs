using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Texts;

/// <summary>True or false: of two labels, the one with a usual name for true, else the second in alphabetical order.</summary>
public sealed class BinaryTask : TextTask
{
    private static readonly string[] True = ["true", "1", "yes", "y", "pos", "positive", "spam"];
    private static readonly string[] False = ["false", "0", "no", "n", "neg", "negative", "ham", "-1"];
    private string _false = "", _true = "";

    public override string Name => "binary";

    public override void CheckLabels(IReadOnlyDictionary<string, int> labels, string file)
    {
        string[] values = [.. labels.Keys.Order(StringComparer.Ordinal)];
        if (values.Length != 2)
        {
            throw new FileException($"{file}: expected two different labels (--task binary), got {values.Length} ({OneLine.First(values)}). "
                + "Check --label-column and --has-header, or choose another --task.");
        }
        bool turn = True.Contains(values[0].ToLowerInvariant()) || False.Contains(values[1].ToLowerInvariant());
        (_false, _true) = turn ? (values[1], values[0]) : (values[0], values[1]);
        Console.WriteLine($"'{OneLine.Shortened(_true)}' counts as true, '{OneLine.Shortened(_false)}' as false.");
    }

    public override void CheckUnseenLabels(
        IReadOnlyCollection<KeyValuePair<string, int>> unseen, bool areAll, string file, string trainingFile, IReadOnlyDictionary<string, int> labels) =>
        throw new FileException($"{file}: expected the labels {OneLine.Shortened(_false)} and {OneLine.Shortened(_true)} of {trainingFile}, "
            + $"got {OneLine.First(unseen.Select(label => label.Key))}. Check --label-column and --has-header.");

    public override void Complete(Example example) => example.IsTrue = example.Label == _true;

    public override Learned Learn(MLContext ml, Examples examples, RnnNetworkOptions network, RnnTextOptions text, RnnTrainingOptions training)
    {
        var options = new RnnBinaryTextClassificationOptions
        {
            LabelColumnName = nameof(Example.IsTrue),
            Network = network,
            Text = text,
            Training = training with { ValidationSet = examples.Validation },
        };
        var names = new Dictionary<bool, string> { [false] = _false, [true] = _true };
        return Finish(
            ml,
            ml.BinaryClassification.Trainers.RnnTextClassification(options).Fit(examples.Train),
            ml.Transforms.Conversion.MapValue(Answer, names, "PredictedLabel"));
    }

    public override IEnumerable<(string Name, double Value)> Measure(MLContext ml, Learned learned, Examples examples)
    {
        const string Label = nameof(Example.IsTrue);
        IDataView scored = learned.Rnn.Transform(examples.Test);
        (bool Label, bool Predicted, float Probability)[] rows =
            [.. scored.GetColumn<bool>(Label).Zip(scored.GetColumn<bool>("PredictedLabel"), scored.GetColumn<float>("Probability"))];
        // ML.NET refuses to measure rows of one class, because an area under the curve needs both. The other metrics do not.
        double area = rows.DistinctBy(row => row.Label).Count() == 2 ? ml.BinaryClassification.Evaluate(scored, Label).AreaUnderRocCurve : double.NaN;
        return
        [
            ("Accuracy", rows.Average(row => row.Label == row.Predicted ? 1.0 : 0)),
            ("AreaUnderRocCurve", area),
            ("LogLoss", rows.Average(row => -Math.Log(Math.Max(row.Label ? row.Probability : 1 - row.Probability, float.Epsilon)))),
        ];
    }
}
