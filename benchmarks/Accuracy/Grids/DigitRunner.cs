using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy.Grids;

/// <summary>Classifies handwritten digits with a two-dimensional network, an LSTM over the rows, and models of ML.NET on the same pixels.</summary>
internal sealed class DigitRunner(DigitSet set)
{
    public const string Header = "| model | seed | validation | test | training s | epochs | images/s | scoring images/s |\n|---|---|---|---|---|---|---|---|";

    /// <summary>Enough epochs for the rate to decay slowly; all are used.</summary>
    private static readonly RnnTrainingOptions Long = new() { MaxEpochs = 20, Schedule = RnnLearningRateSchedule.Linear, Patience = 20 };

    /// <summary>Measures the two-dimensional network.</summary>
    /// <param name="seed">The random seed.</param>
    /// <param name="threads">The number of threads for training.</param>
    /// <param name="time">The maximum duration of the training; null for no limit.</param>
    /// <param name="with">Changed options.</param>
    /// <param name="isQuantized">Whether a second row measures the same model with 8-bit weights.</param>
    public IEnumerable<string> Grid(int seed, int threads, TimeSpan? time, string[] with, bool isQuantized)
    {
        var ml = new MLContext(seed);
        var options = new RnnGridClassificationOptions
        {
            InputColumnName = nameof(Digit.Pixels),
            Training = Long,
        };
        options = ChangedOptions.Apply(options, with);
        (RnnTransformer model, string trained) = Train(
            ml, options.Training, (seed, threads, time), Digit.Pixel,
            training => ml.MulticlassClassification.Trainers.RnnGridClassification(options with { Training = training }));
        string way = string.Join(", ", ["2-D network, ours", .. with]);
        yield return Row(ml, way, $"{seed}", model, trained);
        if (isQuantized) yield return Row(ml, $"{way}, 8-bit weights", $"{seed}", model.Quantize(), " | | ");
    }

    /// <summary>Measures an LSTM that reads the rows of the image one after another, as many numbers as there are columns at each step.</summary>
    public string LstmOverRows(int seed, int threads)
    {
        var ml = new MLContext(seed);
        (RnnTransformer model, string trained) = Train(
            ml, Long, (seed, threads, null), Digit.Side,
            training => ml.MulticlassClassification.Trainers.RnnTextClassification(new RnnTextClassificationOptions
            {
                InputColumnName = nameof(Digit.Pixels),
                FrameSize = Digit.Side,
                Training = training,
            }));
        return Row(ml, "bidirectional LSTM over the rows, ours", $"{seed}", model, trained);
    }

    /// <summary>Measures a linear model and boosted trees of ML.NET.</summary>
    public IEnumerable<string> Others()
    {
        var ml = new MLContext(1);
        (string, IEstimator<ITransformer>)[] ways =
        [
            ("ML.NET LbfgsMaximumEntropy on the pixels", ml.Transforms.NormalizeMinMax(nameof(Digit.Pixels))
                .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: nameof(Digit.Pixels)))),
            ("ML.NET LightGbm on the pixels", ml.MulticlassClassification.Trainers.LightGbm(featureColumnName: nameof(Digit.Pixels))),
        ];
        foreach ((string name, IEstimator<ITransformer> trainer) in ways)
        {
            var watch = Stopwatch.StartNew();
            ITransformer model = trainer.Fit(DigitSet.Rows(ml, set.Train));
            yield return Row(ml, name, "", model, string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:F0} | | "));
        }
    }

    /// <summary>Trains a network. Returns it, and the columns about its training.</summary>
    private (RnnTransformer Model, string Columns) Train(
        MLContext ml, RnnTrainingOptions training, (int Seed, int Threads, TimeSpan? Time) run, int stepsPerImage,
        Func<RnnTrainingOptions, IEstimator<RnnTransformer>> trainer)
    {
        (int epochs, double rate) = (0, 0.0);
        var watch = Stopwatch.StartNew();
        RnnTransformer model = trainer(training with
        {
            Seed = run.Seed,
            Threads = run.Threads,
            MaximumTime = run.Time,
            ValidationSet = DigitSet.Rows(ml, set.Held),
            Progress = new EndOfEpoch(p => (epochs, rate) = (epochs + 1, rate + p.TokensPerSecond)),
        }).Fit(DigitSet.Rows(ml, set.Train));
        return (model, string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:F0} | {epochs} | {rate / epochs / stepsPerImage:N0}"));
    }

    private string Row(MLContext ml, string name, string seed, ITransformer model, string training)
    {
        double Accuracy(Digit[] digits) => 100 * ml.MulticlassClassification.Evaluate(model.Transform(DigitSet.Rows(ml, digits))).MicroAccuracy;
        double validation = Accuracy(set.Held);
        var watch = Stopwatch.StartNew();
        double test = Accuracy(set.Test);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {seed} | {validation:F2} | {test:F2} | {training} | {set.Test.Length / watch.Elapsed.TotalSeconds:N0} |");
    }
}
