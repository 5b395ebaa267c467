using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Accuracy.Translations;

/// <summary>Trains and evaluates translation models, and formats the results as rows of a Markdown table.</summary>
internal sealed class TranslationRunner(string name, TranslationSet set)
{
    public const string Header = "| pairs | seed | BLEU validation | BLEU test | chrF2 | exact | length ratio | training s | epochs | symbols/s "
        + "| words/s, beam 5 |\n|---|---|---|---|---|---|---|---|---|---|---|";

    private readonly MLContext _ml = new(1);
    private readonly List<RnnTranslationTransformer> _models = [];

    private RnnTranslationEvaluationOptions Evaluation =>
        new() { Tokenization = set.IsTokenized ? RnnBleuTokenization.None : RnnBleuTokenization.Wmt13a };

    /// <summary>Measures a network with the options of this benchmark, changed as stated.</summary>
    /// <param name="seed">The random seed.</param>
    /// <param name="threads">The number of threads for training.</param>
    /// <param name="time">The maximum duration of the training; null for no limit.</param>
    /// <param name="with">Changed options.</param>
    /// <param name="isQuantized">Whether a second row measures the same model with 8-bit weights.</param>
    public IEnumerable<string> Recurrent(int seed, int threads, TimeSpan? time, string[] with, bool isQuantized)
    {
        double rate = 0;
        int epochs = 0;
        RnnTranslationOptions options = ChangedOptions.Apply(set.Adapt(Options()), with);
        options = options with
        {
            Training = options.Training with
            {
                Seed = seed,
                Threads = threads,
                MaximumTime = time,
                ValidationSet = _ml.Data.LoadFromEnumerable(set.Validation),
                Progress = new EndOfEpoch(p => (rate, epochs) = (rate + p.TokensPerSecond, epochs + 1)),
            },
        };
        var watch = Stopwatch.StartNew();
        RnnTranslationTransformer model = _ml.Transforms.Text.RnnTranslation(options).Fit(_ml.Data.LoadFromEnumerable(set.Train));
        double seconds = watch.Elapsed.TotalSeconds;
        _models.Add(model);
        string way = string.Join(", ", [$"{name}, ours", .. with]);
        yield return Row(way, model, $"{seed}", FormattableString.Invariant($"{seconds:F0} | {epochs} | {rate / epochs:N0}"));
        if (isQuantized) yield return Row($"{way}, 8-bit weights", model.Quantize(), $"{seed}");
    }

    /// <summary>Compares the first network with another one by the length of the source.</summary>
    /// <param name="change">The option in which the other one differs.</param>
    /// <param name="with">The changed options of the first network.</param>
    /// <param name="train">Trains a network with additional changes, and returns its row.</param>
    /// <param name="picture">The file of the picture; null for none.</param>
    public IEnumerable<string> Against(string change, string[] with, Func<string, IEnumerable<string>> train, FileInfo? picture)
    {
        RnnTranslationTransformer first = _models[0];
        string before = ChangedOptions.Before(ChangedOptions.Apply(set.Adapt(Options()), with), change);
        foreach (string row in train(change)) yield return row;
        RnnTranslationTransformer other = _models[^1];
        _models.Remove(other);
        foreach (string row in new LengthComparison(_ml, set.Test, Evaluation).Rows([(before, first), (change, other)], picture))
            yield return row;
    }

    /// <summary>Measures all networks that were trained together, and pairs of languages without training pairs.</summary>
    public IEnumerable<string> Additional()
    {
        if (_models.Count > 1) yield return Row($"{name}, the {_models.Count} networks together", _ml.Rnn().CreateEnsemble(_models.ToArray()), "");
        if (set.ZeroShot is not { } pair) yield break;
        foreach (string row in new ZeroShot(_ml, _models[0], pair, Evaluation).Rows(set.Test, [.. KnownPairs()])) yield return row;
    }

    /// <summary>Returns validation pairs of all languages.</summary>
    private IEnumerable<Pair> KnownPairs() =>
        set.Validation.GroupBy(pair => (pair.SourceLanguage, pair.TargetLanguage)).SelectMany(pair => pair.Take(500));

    /// <summary>The defaults of the trainer, apart from what was better on validation rows (docs/results.md).</summary>
    private RnnTranslationOptions Options() => new()
    {
        MaximumVocabularySize = 6000,
        JointVocabulary = set.ZeroShot is not null,
        SourceLanguageColumnName = set.ZeroShot is null ? null : nameof(Pair.SourceLanguage),
        TargetLanguageColumnName = set.ZeroShot is null ? null : nameof(Pair.TargetLanguage),
        Network = new() { Dropout = 0.4f },
        Training = new()
        {
            BatchSize = 64,
            MaxEpochs = 20,
            Patience = 20,
            Schedule = RnnLearningRateSchedule.Linear,
            ExponentialMovingAverage = 0.999f,
            MaximumGradientNorm = 1,
        },
    };

    private string Row(string way, RnnTranslationTransformer model, string seed, string training = " | | ")
    {
        (RnnTranslationMetrics validation, _) = Evaluate(model, set.ZeroShot is null ? set.Validation : [.. KnownPairs()]);
        (RnnTranslationMetrics test, double rate) = Evaluate(model, set.Test);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {way} | {seed} | {validation.Bleu.Score:F2} | {test.Bleu.Score:F2} | {test.ChrF:F2} | {test.ExactMatch:P1} | {test.LengthRatio:F3} ")
            + string.Create(CultureInfo.InvariantCulture, $"| {training} | {rate:N0} |");
    }

    private (RnnTranslationMetrics Metrics, double WordsPerSecond) Evaluate(RnnTranslationTransformer model, IReadOnlyList<Pair> pairs)
    {
        var watch = Stopwatch.StartNew();
        IDataView scored = _ml.Data.Cache(model.Transform(_ml.Data.LoadFromEnumerable(pairs)), nameof(Pair.Target), model.TranslationColumnName);
        RnnTranslationMetrics metrics = _ml.Rnn().EvaluateTranslation(scored, options: Evaluation);
        return (metrics, metrics.Bleu.Length / watch.Elapsed.TotalSeconds);
    }
}
