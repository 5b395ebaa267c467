using System.Text.Json.Serialization;
using MlNetRnn.LanguageModels;
using MlNetRnn.NGrams;
using MlNetRnn.Symbols;

namespace MlNetRnn;

/// <summary>
/// Options for the trainer of an n-gram language model. Immutable. Values are validated when the trainer is created; all errors are reported together.
/// </summary>
public sealed record NGramLanguageModelOptions
{
    private const int MaximumUnits = 1_000_000;

    /// <summary>
    /// Name of the column that contains the texts (<c>String</c>), or sequences of units (<c>Vector&lt;String&gt;</c>, <c>Vector&lt;Key&gt;</c>).
    /// </summary>
    /// <value>The default is "Text".</value>
    public string InputColumnName { get; init; } = "Text";

    /// <summary>Name of the output column for the natural logarithm of the probability of the row, its end included.</summary>
    /// <value>The default is "LogProbability".</value>
    public string LogProbabilityColumnName { get; init; } = "LogProbability";

    /// <summary>Name of the output column for the perplexity of the row: exp(−log-probability ÷ number of symbols, the end included).</summary>
    /// <value>The default is "Perplexity".</value>
    public string PerplexityColumnName { get; init; } = "Perplexity";

    /// <summary>Name of the output column for the symbols of the row (<c>Vector&lt;String&gt;</c>). The last one is the end, an empty text.</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? SymbolsColumnName { get; init; }

    /// <summary>Name of the output column for the log-probability of each symbol given those before it (<c>Vector&lt;Single&gt;</c>).</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? SymbolLogProbabilitiesColumnName { get; init; }

    /// <summary>The unit that texts are divided into and that the model predicts. A column of units keeps its units.</summary>
    /// <value>The default is <see cref="RnnLanguageUnit.Character"/>.</value>
    public RnnLanguageUnit Unit { get; init; } = RnnLanguageUnit.Character;

    /// <summary>n: a symbol is predicted from the n − 1 symbols before it, but not from another row.</summary>
    /// <value>2 to 8; less for a vocabulary of more than 65,534 units. The default is <see langword="null"/>: 6 for characters, 4 for other units.</value>
    public int? Order { get; init; }

    /// <summary>
    /// Minimum number of occurrences of an n-gram of three or more symbols. A higher number makes the model smaller, and a little less accurate.
    /// </summary>
    /// <value>1 or more. The default is 1: all n-grams are kept.</value>
    public int MinimumNGramCount { get; init; } = 1;

    /// <summary>
    /// Minimum number of occurrences of a unit in the training rows; rarer units are read as the unknown symbol. For subwords, the minimum number of
    /// occurrences of a pair that is merged.
    /// </summary>
    /// <value>1 or more. The default is <see langword="null"/>: 1 for characters, 2 for other units.</value>
    public int? MinimumCount { get; init; }

    /// <summary>Maximum number of units of the vocabulary; the most frequent ones are kept.</summary>
    /// <value>1 to 1,000,000; at least 256 for subwords. The default is <see langword="null"/>: 4,096 for subwords, 50,000 for other units.</value>
    public int? MaximumVocabularySize { get; init; }

    /// <summary>Cancels the training. It is also canceled through the MLContext.</summary>
    /// <value>The default never cancels.</value>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    internal int EffectiveOrder => Order ?? (Unit == RnnLanguageUnit.Character ? 6 : 4);

    internal int EffectiveMinimumCount => MinimumCount ?? SymbolCodecs.DefaultMinimumCount(Unit);

    internal int EffectiveMaximumSize => MaximumVocabularySize ?? SymbolCodecs.DefaultMaximumSize(Unit);

    internal LanguageModelColumns Columns =>
        new(LogProbabilityColumnName, PerplexityColumnName, SymbolsColumnName, SymbolLogProbabilitiesColumnName);

    /// <summary>Validates the options and reports all errors at once.</summary>
    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    internal void Validate(string parameter)
    {
        string[] faults = [.. Faults()];
        if (faults.Length == 0) return;
        string list = string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}"));
        throw new ArgumentException($"{nameof(NGramLanguageModelOptions)}: {faults.Length} invalid option(s):{list}", parameter);
    }

    private IEnumerable<string> Faults()
    {
        (string Option, string? Name, bool IsRequired)[] names =
        [
            (nameof(InputColumnName), InputColumnName, true), (nameof(LogProbabilityColumnName), LogProbabilityColumnName, true),
            (nameof(PerplexityColumnName), PerplexityColumnName, true), (nameof(SymbolsColumnName), SymbolsColumnName, false),
            (nameof(SymbolLogProbabilitiesColumnName), SymbolLogProbabilitiesColumnName, false),
        ];
        foreach ((string option, string? name, bool isRequired) in names)
        {
            if (isRequired && string.IsNullOrEmpty(name)) yield return $"{option}: expected a name, got {(name is null ? "null" : "''")}";
            else if (name is "") yield return $"{option}: expected a name or null, got ''";
        }
        if (!Enum.IsDefined(Unit)) yield return $"{nameof(Unit)}: expected one of {string.Join(", ", Enum.GetNames<RnnLanguageUnit>())}, got {Unit}";
        if (Order is < NGramBuilder.MinimumOrder or > NGramBuilder.MaximumOrder)
            yield return $"{nameof(Order)}: expected {NGramBuilder.MinimumOrder} to {NGramBuilder.MaximumOrder}, got {Order}";
        if (MinimumNGramCount < 1) yield return $"{nameof(MinimumNGramCount)}: expected 1 or more, got {MinimumNGramCount}";
        if (MinimumCount < 1) yield return $"{nameof(MinimumCount)}: expected 1 or more, got {MinimumCount}";
        if (MaximumVocabularySize is < 1 or > MaximumUnits)
            yield return $"{nameof(MaximumVocabularySize)}: expected 1 to {MaximumUnits}, got {MaximumVocabularySize}";
        foreach (string fault in LanguageModelOptionFaults.Of(InputColumnName, Columns, Unit, MaximumVocabularySize)) yield return fault;
    }
}

/// <summary>JSON serialization without reflection, for trimmed applications.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(NGramLanguageModelOptions))]
internal sealed partial class NGramOptionsJson : JsonSerializerContext;
