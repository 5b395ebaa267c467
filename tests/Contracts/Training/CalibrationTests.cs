using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Probabilities are calibrated on the validation rows.</summary>
public class CalibrationTests : TopicMessages
{
    /// <summary>A third of the labels are random: a model that has memorized the training data is too confident on the validation rows.</summary>
    [Fact]
    public void The_temperature_of_an_overconfident_model_is_above_1()
    {
        var random = new Random(2);
        IDataView train = Noisy(120), validation = Noisy(120), test = Noisy(200);
        List<string> log = _ml.RecordLog();
        RnnTransformer model = Trainer(Options with
        {
            Training = Options.Training with { MaxEpochs = 40, LearningRate = 0.02f, Patience = 40, ValidationSet = validation },
            Network = Options.Network with { Dropout = 0, WordDropout = 0 },
        }).Fit(train);
        string line = Assert.Single(log, line => line.Contains("probabilities calibrated on the validation rows, temperature"));
        Assert.True(double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture) > 1.05, line);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(model.Transform(test));
        Assert.True(metrics.LogLoss < Math.Log(3), $"log-loss {metrics.LogLoss}: worse than a uniform guess among 3 classes");

        IDataView Noisy(int rows) => Keys().Transform(
            Data(i => $"{Topics[i % 3]} id{random.Next(10_000)}", i => Topics[random.Next(3) == 0 ? random.Next(3) : i % 3], rows));
    }
}
