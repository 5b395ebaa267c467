using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetRnn.Accuracy;

/// <summary>Trains and scores a model, and formats the result as a row of a Markdown table.</summary>
internal sealed class Runner(string name, DataSet set)
{
    public const string Header = "| data set | rows train / test | seed | result | training s | tokens/s | scoring rows/s |\n|---|---|---|---|---|---|---|";

    /// <summary>
    /// Measures this library with its default options, except for the seed, the threads, the options that the data requires and the changes in
    /// <paramref name="with"/>.
    /// </summary>
    /// <param name="seed">The random seed.</param>
    /// <param name="threads">The number of threads for training.</param>
    /// <param name="with">Changed options.</param>
    /// <param name="isQuantized">Whether a second row measures the same model with 8-bit weights.</param>
    /// <param name="members">The number of networks of an ensemble; 1 for a single network.</param>
    public IEnumerable<string> Recurrent(int seed, int threads, string[] with, bool isQuantized, int members)
    {
        var ml = new MLContext(seed);
        (IDataView train, IDataView? validation, IDataView test) = Load(ml);
        double tokens = 0, epochs = 0;
        var training = new RnnTrainingOptions { Seed = seed, Threads = threads };
        string[] changes = [.. set.Nature, .. with];
        TOptions Options<TOptions>(TOptions options) where TOptions : RnnSequenceOptions
        {
            TOptions changed = ChangedOptions.Apply(options, changes);
            var progress = new EndOfEpoch(p => (tokens, epochs) = (tokens + p.TokensPerSecond, epochs + 1));
            return changed with { Training = changed.Training with { ValidationSet = validation, Progress = progress } };
        }

        IEstimator<RnnTransformer> trainer = set.Target switch
        {
            Target.Number => ml.Regression.Trainers.RnnTextRegression(
                Options(new RnnTextRegressionOptions { LabelColumnName = nameof(Example.Stars), Training = training })),
            _ => ml.MulticlassClassification.Trainers.RnnTextClassification(
                Options(new RnnTextClassificationOptions { OrdinalClasses = set.Target == Target.OrdinalClass, Training = training })),
        };
        var watch = Stopwatch.StartNew();
        ITransformer model = members == 1 ? trainer.Fit(train) : ml.Rnn().Ensemble(trainer, new RnnEnsembleOptions { Members = members }).Fit(train);
        double seconds = watch.Elapsed.TotalSeconds;
        string tokensPerSecond = (tokens / epochs).ToString("N0", CultureInfo.InvariantCulture);
        string RowOf(ITransformer one, params string[] variant) => Row(
            string.Join(", ", [$"{name}, ours", .. with, .. variant]), seed.ToString(CultureInfo.InvariantCulture), Result(ml, one, test), seconds,
            tokensPerSecond, Rate(one, test));
        string[] size = members == 1 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{members} networks")];
        yield return RowOf(model, size);
        if (isQuantized) yield return RowOf(ml.Model.Quantize(model).Model, [.. size, "8-bit weights"]);
    }

    /// <summary>
    /// Measures linear models: two trainers of ML.NET with bags of words and character trigrams, or with means and deviations of frames, as
    /// features; and fastText.
    /// </summary>
    /// <param name="threads">The number of threads of fastText.</param>
    /// <param name="withFastText">Whether fastText is measured.</param>
    public IEnumerable<string> Linear(int threads, bool withFastText)
    {
        if (set.Target == Target.Number) yield return Linear("Sdca", ml => ml.Regression.Trainers.Sdca(nameof(Example.Stars)));
        else
        {
            yield return Linear("SdcaMaximumEntropy", ml => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy());
            yield return Linear("LbfgsMaximumEntropy", ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        }
        if (!withFastText || set.Target == Target.Number || !HasWords) yield break;
        (double accuracy, double seconds, string rate) = FastText.Run(set, threads == 0 ? Environment.ProcessorCount : threads);
        string result = string.Create(CultureInfo.InvariantCulture, $"accuracy {accuracy:F2}");
        yield return Row($"{name}, fastText, learning rate {rate}", "", result, seconds, "", "");
    }

    /// <summary>Whether the sequences are words, not characters or frames.</summary>
    private bool HasWords => set.Nature.Length == 0;

    private string Linear(string trainerName, Func<MLContext, IEstimator<ITransformer>> trainer)
    {
        var ml = new MLContext(1);
        (IDataView train, _, IDataView test) = Load(ml);
        bool hasFrames = set.Train[0].Frames.Length > 0;
        IEstimator<ITransformer> features = hasFrames
            ? ml.Transforms.NormalizeMeanVariance("Features", nameof(Example.Summary))
            : ml.Transforms.Text.FeaturizeText("Features", nameof(Example.Text));
        var watch = Stopwatch.StartNew();
        ITransformer model = features.AppendCacheCheckpoint(ml).Append(trainer(ml)).Fit(train);
        double seconds = watch.Elapsed.TotalSeconds;
        string way = hasFrames ? "mean and deviation of frames" : "FeaturizeText";
        return Row($"{name}, ML.NET {way} + {trainerName}", "1", Result(ml, model, test), seconds, "", Rate(model, test));
    }

    private (IDataView Train, IDataView? Validation, IDataView Test) Load(MLContext ml)
    {
        IDataView train = ml.Data.LoadFromEnumerable(set.Train);
        string label = set.Target == Target.OrdinalClass && set.Train.Any(row => row.Stars > 0) ? nameof(Example.Stars) : nameof(Example.Label);
        ITransformer keys = ml.Transforms.Conversion
            .MapValueToKey("Label", label, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(train);
        IDataView Prepared(IReadOnlyList<Example> rows) => keys.Transform(ml.Data.LoadFromEnumerable(rows));
        return (keys.Transform(train), set.Validation is { } validation ? Prepared(validation) : null, Prepared(set.Test));
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

    /// <summary>Returns the mean distance between the class and the predicted class.</summary>
    private static double Distance(IDataView scored) =>
        scored.GetColumn<uint>("Label").Zip(scored.GetColumn<uint>("PredictedLabel"), (label, predicted) => Math.Abs((double)label - predicted)).Average();

    private static string Rate(ITransformer model, IDataView test)
    {
        IDataView scored = model.Transform(test);
        var watch = Stopwatch.StartNew();
        int rows = 0;
        using (DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Score"]]))
        {
            Action read = scored.Schema["Score"].Type is VectorDataViewType ? Reader<VBuffer<float>>(cursor) : Reader<float>(cursor);
            for (; cursor.MoveNext(); rows++) read();
        }
        return (rows / watch.Elapsed.TotalSeconds).ToString("N0", CultureInfo.InvariantCulture);
    }

    private static Action Reader<T>(DataViewRow row)
    {
        ValueGetter<T> get = row.GetGetter<T>(row.Schema["Score"]);
        T value = default!;
        return () => get(ref value);
    }

    private string Row(string way, string seed, string result, double seconds, string tokensPerSecond, string rowsPerSecond) =>
        string.Create(CultureInfo.InvariantCulture,
            $"| {way} | {set.Train.Count} / {set.Test.Count} | {seed} | {result} | {seconds:F1} | {tokensPerSecond} | {rowsPerSecond} |");
}
