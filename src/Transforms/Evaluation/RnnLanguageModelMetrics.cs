using MlNetRnn.Evaluation;

namespace MlNetRnn;

/// <summary>Metrics of a language model: its cross-entropy per symbol, per character and per word of a text.</summary>
/// <remarks>
/// <para>The model predicts the end of each row, too. It counts as a symbol, as a character (a line break) and as a word (the &lt;eos&gt; of word-level
/// benchmarks).</para>
/// <para>Characters are Unicode code points, words are the parts of a text between white space. Perplexities per symbol are comparable only between models with
/// the same symbols; perplexities per character or word only between models without unknown symbols: a model needs few nats to predict that a unit is
/// unknown.</para>
/// </remarks>
public sealed class RnnLanguageModelMetrics
{
    internal RnnLanguageModelMetrics(ScoredTextCounts counts)
    {
        (Rows, LogProbability, UnknownSymbols) = (counts.Rows, counts.LogProbability, counts.UnknownSymbols);
        PerSymbol = new RnnCrossEntropy(counts.Symbols, LogProbability);
        PerCharacter = new RnnCrossEntropy(counts.Characters, LogProbability);
        PerWord = new RnnCrossEntropy(counts.Words, LogProbability);
    }

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>The natural logarithm of the probability of all rows.</summary>
    public double LogProbability { get; }

    /// <summary>The number of unknown symbols; <see langword="null"/> if the data holds only log-probabilities.</summary>
    public long? UnknownSymbols { get; }

    /// <summary>The cross-entropy per symbol of the model; NaN if the data does not hold the log-probability of each symbol.</summary>
    public RnnCrossEntropy PerSymbol { get; }

    /// <summary>The cross-entropy per character; NaN if the rows are sequences of units and not texts.</summary>
    public RnnCrossEntropy PerCharacter { get; }

    /// <summary>The cross-entropy per word, or per unit if the rows are sequences of units.</summary>
    public RnnCrossEntropy PerWord { get; }

    /// <summary>Returns all metrics as a table. Independent of the culture.</summary>
    public override string ToString()
    {
        string[] Row(string name, RnnCrossEntropy value) =>
            [name, MetricsText.Count(value.Count), MetricsText.Ratio(value.Nats), MetricsText.Ratio(value.Bits), MetricsText.Ratio(value.Perplexity)];
        string table = MetricsText.Table(
            ["per", "count", "nats", "bits", "perplexity"], [Row("symbol", PerSymbol), Row("character", PerCharacter), Row("word", PerWord)]);
        return UnknownSymbols is { } unknown and > 0 ? table + $"unknown symbols: {MetricsText.Count(unknown)}\n" : table;
    }
}
