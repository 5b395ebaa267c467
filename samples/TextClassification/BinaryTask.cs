using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>True or false: of two labels, the one that sounds like it is true, else the second in their order.</summary>
internal sealed class BinaryTask : TextTask
{
    private static readonly string[] SaysTrue = ["true", "1", "yes", "y", "pos", "positive", "spam"], SaysFalse = ["false", "0", "no", "n", "neg", "negative", "ham", "-1"];
    private string _false = "", _true = "";

    public override string Name => "binary";

    public override void See(IReadOnlySet<string> labels, string file)
    {
        string[] values = [.. labels.Order(StringComparer.Ordinal)];
        if (values.Length != 2) throw new FileException($"{file}: expected two different labels (--task binary), got {values.Length} ({string.Join(", ", values.Take(5))})");
        bool turn = SaysTrue.Contains(values[0].ToLowerInvariant()) || SaysFalse.Contains(values[1].ToLowerInvariant());
        (_false, _true) = turn ? (values[1], values[0]) : (values[0], values[1]);
        Console.WriteLine($"'{_true}' counts as true, '{_false}' as false.");
    }

    public override void SeeStrangers(string[] strangers, string file, string trainingFile) =>
        throw new FileException($"{file}: expected the labels {_false} and {_true} of {trainingFile}, got '{strangers[0]}'");

    public override void Complete(Example example) => example.IsTrue = example.Label == _true;

    public override Learned Learn(MLContext ml, Examples examples, RnnNetworkOptions network, RnnTextOptions text, RnnTrainingOptions training)
    {
        var options = new RnnBinaryTextClassificationOptions { LabelColumnName = nameof(Example.IsTrue), Network = network, Text = text, Training = training with { ValidationSet = examples.Validation } };
        var names = new Dictionary<bool, string> { [false] = _false, [true] = _true };
        return Finish(ml, ml.BinaryClassification.Trainers.RnnTextClassification(options).Fit(examples.Train), ml.Transforms.Conversion.MapValue(Answer, names, "PredictedLabel"));
    }

    public override IEnumerable<(string Name, double Value)> Measure(MLContext ml, Learned learned, Examples examples)
    {
        CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(learned.Rnn.Transform(examples.Test), nameof(Example.IsTrue));
        return [("Accuracy", metrics.Accuracy), ("AreaUnderRocCurve", metrics.AreaUnderRocCurve), ("LogLoss", metrics.LogLoss * Math.Log(2))];      // ML.NET counts in bits here
    }
}
