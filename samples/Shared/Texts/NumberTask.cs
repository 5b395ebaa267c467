using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Texts;

/// <summary>A number, such as a rating.</summary>
public sealed class NumberTask : TextTask
{
    private const int Few = 10;

    public override string Name => "regression";

    public override bool IsNumeric => true;

    public override string Summary(IReadOnlyDictionary<string, int> labels) => InWords(labels);

    /// <summary>Returns a summary of numbers: the count of each if there are few, else their range and mean.</summary>
    public static string InWords(IReadOnlyDictionary<string, int> labels)
    {
        (double Value, int Count)[] numbers =
            [.. labels.Select(label => (Value: double.Parse(label.Key, CultureInfo.InvariantCulture), Count: label.Value)).OrderBy(label => label.Value)];
        if (numbers.Length <= Few)
            return string.Join(", ", numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number.Value} {number.Count}")));
        double mean = numbers.Sum(number => number.Value * number.Count) / numbers.Sum(number => number.Count);
        return string.Create(CultureInfo.InvariantCulture, $"labels from {numbers[0].Value} to {numbers[^1].Value}, mean {mean:G4}");
    }

    public override Learned Learn(MLContext ml, Examples examples, RnnNetworkOptions network, RnnTextOptions text, RnnTrainingOptions training)
    {
        var options = new RnnTextRegressionOptions
        {
            LabelColumnName = nameof(Example.Number),
            Network = network,
            Text = text,
            Training = training with { ValidationSet = examples.Validation },
        };
        return Finish(ml, ml.Regression.Trainers.RnnTextRegression(options).Fit(examples.Train), ml.Transforms.CopyColumns(Answer, "Score"));
    }

    public override IEnumerable<(string Name, double Value)> Measure(MLContext ml, Learned learned, Examples examples)
    {
        RegressionMetrics metrics = ml.Regression.Evaluate(learned.Rnn.Transform(examples.Test), nameof(Example.Number));
        // R² is not defined if all labels are equal.
        bool hasVariance = examples.Test.GetColumn<float>(nameof(Example.Number)).Distinct().Take(2).Count() == 2;
        return [("RSquared", hasVariance ? metrics.RSquared : double.NaN), ("RootMeanSquaredError", metrics.RootMeanSquaredError)];
    }
}
