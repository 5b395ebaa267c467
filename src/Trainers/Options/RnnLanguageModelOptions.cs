using System.ComponentModel.DataAnnotations;
using MlNetRnn.LanguageModels;
using MlNetRnn.Symbols;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>Options for the trainer of a language model.</summary>
public sealed record RnnLanguageModelOptions : IValidatableObject
{
    /// <summary>
    /// Name of the column that contains the texts (<c>String</c>), or sequences of units (<c>Vector&lt;String&gt;</c>, <c>Vector&lt;Key&gt;</c>).
    /// </summary>
    /// <value>The default is "Text".</value>
    [Required]
    public string InputColumnName { get; init; } = "Text";

    /// <summary>Name of the output column for the natural logarithm of the probability of the row, its end included.</summary>
    /// <value>The default is "LogProbability".</value>
    [Required]
    public string LogProbabilityColumnName { get; init; } = "LogProbability";

    /// <summary>Name of the output column for the perplexity of the row: exp(−log-probability ÷ number of symbols, the end included).</summary>
    /// <value>The default is "Perplexity".</value>
    [Required]
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

    /// <summary>
    /// Minimum number of occurrences of a unit in the training rows; rarer units are read as the unknown symbol. For subwords, the minimum number of
    /// occurrences of a pair that is merged.
    /// </summary>
    /// <value>1 or more. The default is <see langword="null"/>: 1 for characters, 2 for other units.</value>
    [Range(1, int.MaxValue)]
    public int? MinimumCount { get; init; }

    /// <summary>Maximum number of units of the vocabulary; the most frequent ones are kept.</summary>
    /// <value>1 to 1,000,000; at least 256 for subwords. The default is <see langword="null"/>: 4,096 for subwords, 50,000 for other units.</value>
    [Range(1, 1_000_000)]
    public int? MaximumVocabularySize { get; init; }

    /// <summary>
    /// Whether the rows are joined into one stream, with the boundary between them, as the lines of a book. The state then goes on from row to row, and the
    /// last part of the stream is held out for validation. Otherwise each row is a document of its own, such as a name.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool JoinRows { get; init; }

    /// <summary>
    /// Number of symbols through which gradients flow (truncated backpropagation through time; Williams and Peng, 1990). Longer documents, and a stream, are
    /// read in windows of this length; the state goes on from window to window, its gradient does not. 0 for whole documents.
    /// </summary>
    /// <value>0 to 100,000. The default is 64.</value>
    [Range(0, 100_000)]
    public int BackpropagationSteps { get; init; } = 64;

    /// <summary>Share of the probability that the target of each prediction gives to all symbols equally (label smoothing; Szegedy et al., 2016).</summary>
    /// <value>0 to 0.9. The default is 0.</value>
    [Range(0f, 0.9f)]
    public float LabelSmoothing { get; init; }

    /// <summary>Options for the network.</summary>
    /// <value>The default is an LSTM with 256 units.</value>
    [Required]
    [Sweep.NestOption]
    public RnnLanguageNetworkOptions Network { get; init; } = new();

    /// <summary>
    /// Options for training. <see cref="RnnTrainingOptions.BatchSize"/> is the number of documents per step, or the number of pieces of the stream that are
    /// read side by side.
    /// </summary>
    /// <value>The default options.</value>
    [Required]
    [Sweep.NestOption]
    public RnnTrainingOptions Training { get; init; } = new();

    /// <summary>The minimum count of a unit, for the unit of the options.</summary>
    internal int EffectiveMinimumCount => MinimumCount ?? SymbolCodecs.DefaultMinimumCount(Unit);

    /// <summary>The maximum number of units, for the unit of the options.</summary>
    internal int EffectiveMaximumSize => MaximumVocabularySize ?? SymbolCodecs.DefaultMaximumSize(Unit);

    internal LanguageModelColumns Columns =>
        new(LogProbabilityColumnName, PerplexityColumnName, SymbolsColumnName, SymbolLogProbabilitiesColumnName);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        LanguageModelOptionFaults.Of(InputColumnName, Columns, Unit, MaximumVocabularySize).Select(fault => new ValidationResult(fault));
}
