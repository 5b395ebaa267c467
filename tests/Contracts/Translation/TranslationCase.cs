using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The common part of the tests of translation models: German phrases with their English translations, and small models.</summary>
public abstract class TranslationCase
{
    private static readonly (string German, string English)[] Words =
        [("rot", "red"), ("hund", "dog"), ("haus", "house"), ("blau", "blue"), ("katze", "cat"), ("baum", "tree")];

    private protected readonly MLContext _ml = new(1);

    /// <summary>A translation model of words.</summary>
    private protected static RnnTranslationOptions Small { get; } = new()
    {
        Unit = RnnLanguageUnit.Word,
        MinimumCount = 1,
        MaximumLength = 20,
        Metric = RnnTranslationMetric.LogProbability,
        LabelSmoothing = 0.05f,
        Network = new RnnTranslationNetworkOptions { EmbeddingSize = 8, HiddenSize = 16, Dropout = 0 },
        Training = RnnTextClassificationContract.TinyTraining,
    };

    /// <summary>Phrases of two to four words.</summary>
    private protected static Pair[] Pairs { get; } = [.. Enumerable.Range(0, 60).Select(i =>
    {
        (string German, string English)[] phrase = [.. new[] { i % 6, i / 6 % 6, i * 5 % 6, i * 7 % 5 }.Take(2 + i % 3).Select(word => Words[word])];
        return new Pair(string.Join(' ', phrase.Select(word => word.German)), string.Join(' ', phrase.Select(word => word.English)));
    })];

    private protected static string[] Sources { get; } = [.. Pairs.Take(12).Select(pair => pair.Source)];

    private static readonly Lazy<RnnTranslationTransformer> Shared = new(() =>
    {
        var ml = new MLContext(1);
        return ml.Transforms.Text.RnnTranslation(Small with { Training = Small.Training with { MaxEpochs = 25 } }).Fit(ml.LoadRows(Pairs));
    });

    /// <summary>A model that has learned the phrases, mostly.</summary>
    private protected static RnnTranslationTransformer Trained => Shared.Value;

    private protected IDataView Data(params Pair[] pairs) => _ml.LoadRows(pairs);

    private protected IDataView SourceData(params string?[] sources) => _ml.LoadRows(sources.Length, i => new SourceRow { Source = sources[i]! });

    private protected RnnTranslationTransformer Fit(RnnTranslationOptions options, params Pair[] pairs) => Fit(options, Data(pairs));

    private protected RnnTranslationTransformer Fit(RnnTranslationOptions options, IDataView data) => _ml.Transforms.Text.RnnTranslation(options).Fit(data);

    private protected RnnTranslator Translator(ITransformer model) => _ml.Rnn().CreateTranslator(model);

    private protected static string[] Texts(IDataView translated) => [.. translated.GetColumn<string>("Translation")];

    private protected sealed class Pair
    {
        public Pair()
        {
        }

        public Pair(string? source, string? target) => (Source, Target) = (source!, target!);

        public string Source { get; set; } = "";

        public string Target { get; set; } = "";
    }

    private protected sealed class SourceRow
    {
        public string Source { get; set; } = "";
    }

    private protected sealed class LanguageRow
    {
        public LanguageRow()
        {
        }

        public LanguageRow(string source, string target, string from, string to) => (Source, Target, From, To) = (source, target, from, to);

        public string Source { get; set; } = "";

        public string Target { get; set; } = "";

        public string From { get; set; } = "";

        public string To { get; set; } = "";
    }
}
