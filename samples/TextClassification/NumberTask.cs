using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>A number, such as a rating.</summary>
internal sealed class NumberTask : TextTask
{
    public override string Name => "regression";

    public override bool IsNumeric => true;

    public override Learned Learn(MLContext ml, Examples examples, RnnNetworkOptions network, RnnTextOptions text, RnnTrainingOptions training)
    {
        var options = new RnnTextRegressionOptions { LabelColumnName = nameof(Example.Number), Network = network, Text = text, Training = training with { ValidationSet = examples.Validation } };
        return Finish(ml, ml.Regression.Trainers.RnnTextRegression(options).Fit(examples.Train), ml.Transforms.CopyColumns(Answer, "Score"));
    }

    public override IEnumerable<(string Name, double Value)> Measure(MLContext ml, Learned learned, Examples examples)
    {
        RegressionMetrics metrics = ml.Regression.Evaluate(learned.Rnn.Transform(examples.Test), nameof(Example.Number));
        return [("RSquared", metrics.RSquared), ("RootMeanSquaredError", metrics.RootMeanSquaredError)];
    }
}
