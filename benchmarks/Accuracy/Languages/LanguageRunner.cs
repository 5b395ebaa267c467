using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Accuracy.Languages;

/// <summary>Trains and evaluates language models, and formats the results as rows of a Markdown table.</summary>
internal sealed class LanguageRunner(string name, LanguageSet set)
{
    /// <summary>
    /// The norm of the gradient is that of the last epoch. The last column is the norm of ∂L/∂h 1, 4, 16 and 63 steps before the end of a window, relative to
    /// that at its end: it grows with each later symbol whose loss reaches the state.
    /// </summary>
    public const string Header = "| text | symbols | seed | nats per symbol | bits | perplexity | per word | unknown | training s | symbols/s | "
        + "gradient norm | reach |\n|---|---|---|---|---|---|---|---|---|---|---|---|";

    private readonly MLContext _ml = new(1);
    private readonly List<RnnLanguageModelTransformer> _models = [];
    private RnnLanguageModelTransformer? _grams;

    private IDataView Train => _ml.Data.LoadFromEnumerable(set.Train);

    private IDataView Test => _ml.Data.LoadFromEnumerable(set.Test);

    /// <summary>
    /// Measures a network with default options, except for the unit, the joined rows, the seed, the threads, and the changes in <paramref name="with"/>.
    /// </summary>
    /// <param name="seed">The random seed.</param>
    /// <param name="threads">The number of threads for training.</param>
    /// <param name="time">The maximum duration of the training; null for no limit.</param>
    /// <param name="with">Changed options.</param>
    /// <param name="measuresReach">Whether the norms of ∂L/∂h are measured, which takes one thread.</param>
    /// <param name="isQuantized">Whether a second row measures the same model with 8-bit weights.</param>
    public IEnumerable<string> Recurrent(int seed, int threads, TimeSpan? time, string[] with, bool measuresReach, bool isQuantized)
    {
        double symbols = 0, epochs = 0;
        RnnTrainingProgress? last = null;
        RnnLanguageModelOptions options = new() { Unit = set.Unit, JoinRows = true, Training = new() { Schedule = RnnLearningRateSchedule.Linear } };
        options = ChangedOptions.Apply(options, with);
        options = options with
        {
            Training = options.Training with
            {
                Seed = seed,
                Threads = threads,
                MaximumTime = time,
                ReportGradientFlow = measuresReach,
                ValidationSet = _ml.Data.LoadFromEnumerable(set.Validation),
                Progress = new EndOfEpoch(p => (symbols, epochs, last) = (symbols + p.TokensPerSecond, epochs + 1, p)),
            },
        };
        var watch = Stopwatch.StartNew();
        RnnLanguageModelTransformer model = _ml.Transforms.Text.RnnLanguageModel(options).Fit(Train);
        double seconds = watch.Elapsed.TotalSeconds;
        _models.Add(model);
        string way = string.Join(", ", [$"{name}, ours", .. with]);
        yield return Row(way, model, $"{seed}", seconds, symbols / epochs, last);
        if (isQuantized) yield return Row($"{way}, 8-bit weights", model.Quantize(), $"{seed}");
    }

    /// <summary>Measures the mean of all networks that were trained, and of the first one and the n-gram model of the highest order.</summary>
    public IEnumerable<string> Ensembles()
    {
        if (_models.Count > 1) yield return Row($"{name}, the {_models.Count} networks together", _ml.Rnn().CreateEnsemble(_models.ToArray()), "");
        if (_grams is not null) yield return Row($"{name}, a network and {set.Orders[^1]}-grams together", _ml.Rnn().CreateEnsemble(_models[0], _grams), "");
    }

    /// <summary>Measures n-gram models.</summary>
    public IEnumerable<string> NGrams()
    {
        foreach (int order in set.Orders)
        {
            var watch = Stopwatch.StartNew();
            _grams = _ml.Transforms.Text.NGramLanguageModel(nameof(TextOfRow.Text), set.Unit, order).Fit(Train);
            yield return Row($"{name}, {order}-grams (Kneser-Ney)", _grams, "", watch.Elapsed.TotalSeconds);
        }
    }

    private string Row(
        string way, RnnLanguageModelTransformer model, string seed, double seconds = double.NaN, double rate = double.NaN, RnnTrainingProgress? last = null)
    {
        RnnLanguageModelMetrics metrics = _ml.Rnn().EvaluateLanguageModel(model, Test);
        RnnCrossEntropy symbol = metrics.PerSymbol;
        string Number(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {way} | {model.SymbolCount} | {seed} | {symbol.Nats:F4} | {symbol.Bits:F4} | {symbol.Perplexity:F2} | {metrics.PerWord.Perplexity:F1} | "
            + $"{metrics.UnknownSymbols} | {Number(seconds, "F1")} | {Number(rate, "N0")} | {last?.GradientNorm:F2} | {Reach(last?.GradientFlow)} |");
    }

    private static string Reach(IReadOnlyList<double>? flow) => flow is null ? "" : string.Join(
        ", ", new[] { 1, 4, 16, 63 }.Where(steps => steps < flow.Count).Select(steps => (flow[steps] / flow[0]).ToString("F1", CultureInfo.InvariantCulture)));
}
