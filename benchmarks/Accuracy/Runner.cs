using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy;

/// <summary>Trains, scores, and tells it as a row of a Markdown table.</summary>
internal static class Runner
{
    /// <summary>The library's defaults; only seed and threads are set.</summary>
    public static string Recurrent(string name, DataSet set, int seed, int threads, int? epochs, string[] with)
    {
        var ml = new MLContext(seed);
        (IDataView train, IDataView test, ITransformer keys) = Load(ml, set);
        double tokens = 0, seconds = 0;
        RnnTextClassificationOptions options = ChangedOptions.Apply(new RnnTextClassificationOptions(), with);
        options = options with
        {
            Training = options.Training with
            {
                Seed = seed,
                Threads = threads,
                MaxEpochs = epochs ?? options.Training.MaxEpochs,
                ValidationSet = set.Validation is { } rows ? keys.Transform(ml.Data.LoadFromEnumerable(rows)) : null,
                Progress = new EndOfEpoch(p => (tokens, seconds) = (tokens + p.TokensPerSecond, seconds + 1)),
            },
        };
        var watch = Stopwatch.StartNew();
        RnnTransformer model = ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(train);
        double trained = watch.Elapsed.TotalSeconds;
        return Row(string.Join(", ", [$"{name}, ours", .. with]), set, seed.ToString(), Score(ml, model, test), trained, (tokens / seconds).ToString("F0", CultureInfo.InvariantCulture));
    }

    public static string Linear(string name, DataSet set)
    {
        var ml = new MLContext(1);
        (IDataView train, IDataView test, _) = Load(ml, set);
        var watch = Stopwatch.StartNew();
        ITransformer model = ml.Transforms.Text.FeaturizeText("Features", nameof(Example.Text)).AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy()).Fit(train);
        return Row($"{name}, ML.NET FeaturizeText + SdcaMaximumEntropy", set, "1", Score(ml, model, test), watch.Elapsed.TotalSeconds, "");
    }

    private static (IDataView Train, IDataView Test, ITransformer Keys) Load(MLContext ml, DataSet set)
    {
        IDataView train = ml.Data.LoadFromEnumerable(set.Train);
        ITransformer keys = ml.Transforms.Conversion.MapValueToKey(nameof(Example.Label)).Fit(train);
        return (keys.Transform(train), keys.Transform(ml.Data.LoadFromEnumerable(set.Test)), keys);
    }

    private static (MulticlassClassificationMetrics Metrics, double RowsPerSecond) Score(MLContext ml, ITransformer model, IDataView test)
    {
        IDataView scored = model.Transform(test);
        var watch = Stopwatch.StartNew();
        int rows = scored.GetColumn<float[]>("Score").Count();
        double seconds = watch.Elapsed.TotalSeconds;
        return (ml.MulticlassClassification.Evaluate(scored), rows / seconds);
    }

    private static string Row(string name, DataSet set, string seed, (MulticlassClassificationMetrics Metrics, double RowsPerSecond) result, double seconds, string tokensPerSecond) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {set.Train.Count} / {set.Test.Count} | {seed} | {100 * result.Metrics.MicroAccuracy:F2} | {result.Metrics.LogLoss:F4} | {seconds:F1} | {tokensPerSecond} | {result.RowsPerSecond:F0} |");

    private sealed class EndOfEpoch(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value)
        {
            if (value.IsEndOfEpoch) report(value);
        }
    }
}
