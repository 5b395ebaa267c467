using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetRnn.Accuracy;

/// <summary>Trains, scores, and tells it as a row of a Markdown table.</summary>
internal sealed class Runner(string name, DataSet set)
{
    public const string Header = "| data set | rows train / test | seed | result | training s | tokens/s | scoring rows/s |\n|---|---|---|---|---|---|---|";

    /// <summary>The library's defaults, but for seed, threads, what the data is, and what <paramref name="with"/> changes.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="threads">Threads to learn with.</param>
    /// <param name="with">Options set to another value.</param>
    /// <param name="isQuantized">Whether a second row tells of the same model with 8-bit weights.</param>
    public IEnumerable<string> Recurrent(int seed, int threads, string[] with, bool isQuantized)
    {
        var ml = new MLContext(seed);
        (IDataView train, IDataView? validation, IDataView test) = Load(ml);
        double tokens = 0, epochs = 0;
        var training = new RnnTrainingOptions { Seed = seed, Threads = threads };
        string[] changes = [.. set.Nature, .. with];
        TOptions Options<TOptions>(TOptions options) where TOptions : RnnSequenceOptions
        {
            TOptions changed = ChangedOptions.Apply(options, changes);
            return changed with { Training = changed.Training with { ValidationSet = validation, Progress = new EndOfEpoch(p => (tokens, epochs) = (tokens + p.TokensPerSecond, epochs + 1)) } };
        }

        IEstimator<RnnTransformer> trainer = set.Target switch
        {
            Target.Number => ml.Regression.Trainers.RnnTextRegression(Options(new RnnTextRegressionOptions { LabelColumnName = nameof(Example.Stars), Training = training })),
            Target.OrdinalClass => ml.MulticlassClassification.Trainers.RnnTextClassification(Options(new RnnTextClassificationOptions { OrdinalClasses = true, Training = training })),
            _ => ml.MulticlassClassification.Trainers.RnnTextClassification(Options(new RnnTextClassificationOptions { Training = training })),
        };
        var watch = Stopwatch.StartNew();
        RnnTransformer model = trainer.Fit(train);
        double seconds = watch.Elapsed.TotalSeconds;
        string RowOf(RnnTransformer one, params string[] way) =>
            Row(string.Join(", ", [$"{name}, ours", .. with, .. way]), seed.ToString(CultureInfo.InvariantCulture), Result(ml, one, test), seconds, (tokens / epochs).ToString("N0", CultureInfo.InvariantCulture), Rate(one, test));
        yield return RowOf(model);
        if (isQuantized) yield return RowOf(model.Quantize(), "8-bit weights");
    }

    /// <summary>ML.NET's linear model over bags of words and character trigrams, or over means and deviations of frames.</summary>
    public string Linear()
    {
        var ml = new MLContext(1);
        (IDataView train, _, IDataView test) = Load(ml);
        IEstimator<ITransformer> features = set.Train[0].Frames.Length > 0
            ? ml.Transforms.NormalizeMeanVariance("Features", nameof(Example.Summary))
            : ml.Transforms.Text.FeaturizeText("Features", nameof(Example.Text));
        IEstimator<ITransformer> trainer = set.Target == Target.Number ? ml.Regression.Trainers.Sdca(nameof(Example.Stars)) : ml.MulticlassClassification.Trainers.SdcaMaximumEntropy();
        var watch = Stopwatch.StartNew();
        ITransformer model = features.AppendCacheCheckpoint(ml).Append(trainer).Fit(train);
        string way = set.Train[0].Frames.Length > 0 ? "mean and deviation of frames" : "FeaturizeText";
        return Row($"{name}, ML.NET {way} + {(set.Target == Target.Number ? "Sdca" : "SdcaMaximumEntropy")}", "1", Result(ml, model, test), watch.Elapsed.TotalSeconds, "", Rate(model, test));
    }

    private (IDataView Train, IDataView? Validation, IDataView Test) Load(MLContext ml)
    {
        IDataView train = ml.Data.LoadFromEnumerable(set.Train);
        ITransformer keys = ml.Transforms.Conversion.MapValueToKey("Label", set.Target == Target.OrdinalClass && set.Train.Any(row => row.Stars > 0) ? nameof(Example.Stars) : nameof(Example.Label), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(train);
        return (keys.Transform(train), set.Validation is { } rows ? keys.Transform(ml.Data.LoadFromEnumerable(rows)) : null, keys.Transform(ml.Data.LoadFromEnumerable(set.Test)));
    }

    private string Result(MLContext ml, ITransformer model, IDataView test)
    {
        IDataView scored = model.Transform(test);
        if (set.Target == Target.Number)
        {
            RegressionMetrics r = ml.Regression.Evaluate(scored, nameof(Example.Stars));
            return string.Create(CultureInfo.InvariantCulture, $"R² {r.RSquared:F4}, RMSE {r.RootMeanSquaredError:F3}");
        }
        MulticlassClassificationMetrics m = ml.MulticlassClassification.Evaluate(scored);
        string distance = set.Target == Target.OrdinalClass ? string.Create(CultureInfo.InvariantCulture, $", mean distance {Distance(scored):F3}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"accuracy {100 * m.MicroAccuracy:F2}, log-loss {m.LogLoss:F4}{distance}");
    }

    /// <summary>How many classes lie between truth and answer on average.</summary>
    private static double Distance(IDataView scored) => scored.GetColumn<uint>("Label").Zip(scored.GetColumn<uint>("PredictedLabel"), (truth, said) => Math.Abs((double)truth - said)).Average();

    private static double Rate(ITransformer model, IDataView test)
    {
        IDataView scored = model.Transform(test);
        var watch = Stopwatch.StartNew();
        int rows = 0;
        using (DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]))
        {
            Action read = scored.Schema["Score"].Type is VectorDataViewType ? Reader<VBuffer<float>>(cursor) : Reader<float>(cursor);
            for (; cursor.MoveNext(); rows++) read();
        }
        return rows / watch.Elapsed.TotalSeconds;
    }

    private static Action Reader<T>(DataViewRow row)
    {
        ValueGetter<T> get = row.GetGetter<T>(row.Schema["Score"]);
        T value = default!;
        return () => get(ref value);
    }

    private string Row(string way, string seed, string result, double seconds, string tokensPerSecond, double rowsPerSecond) =>
        string.Create(CultureInfo.InvariantCulture, $"| {way} | {set.Train.Count} / {set.Test.Count} | {seed} | {result} | {seconds:F1} | {tokensPerSecond} | {rowsPerSecond:N0} |");
}
