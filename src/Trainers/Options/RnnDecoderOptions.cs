using System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options that all trainers of an encoder and a decoder have in common: the decoder predicts a sequence, symbol by symbol.</summary>
public abstract record RnnDecoderOptions
{
    private protected RnnDecoderOptions()
    {
    }

    /// <summary>Name of the output column for the score by which translations or captions are ranked: the log-probability with penalties.</summary>
    /// <value>The default is "Score".</value>
    [Required]
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>Name of the output column for the n best translations or captions (<c>Vector&lt;String&gt;</c>).</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? NBestColumnName { get; init; }

    /// <summary>Name of the output column for the scores of the n best translations or captions (<c>Vector&lt;Single&gt;</c>).</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? NBestScoresColumnName { get; init; }

    /// <summary>
    /// Name of the output column for the symbols of the translation or caption (<c>Vector&lt;String&gt;</c>). The last one is the end, an empty text.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? SymbolsColumnName { get; init; }

    /// <summary>
    /// Name of the output column for the attention (<c>Vector&lt;Single&gt;</c>): for each symbol of the translation or caption the weights of all source
    /// symbols or regions, one symbol after another.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? AttentionColumnName { get; init; }

    /// <summary>
    /// Name of the output column for the state of the encoder after reading the source (<c>Vector&lt;Single&gt;</c>), a vector that stands for the whole
    /// sentence (Sutskever et al., 2014, figure 2); for an image, the mean of the vectors of its regions.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? EncoderStateColumnName { get; init; }

    /// <summary>Name of the output column for why the translation or caption ended (<c>String</c>): the name of an <see cref="RnnGenerationEnd"/>.</summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? EndColumnName { get; init; }

    /// <summary>
    /// Minimum number of occurrences of a unit in the training rows; rarer units are read as the unknown symbol. For subwords, the minimum number of
    /// occurrences of a pair that is merged.
    /// </summary>
    /// <value>1 or more. The default is <see langword="null"/>: 1 for characters, 2 for other units.</value>
    [Range(1, int.MaxValue)]
    public int? MinimumCount { get; init; }

    /// <summary>Maximum number of units of each vocabulary; the most frequent ones are kept.</summary>
    /// <value>1 to 1,000,000; at least 256 for subwords. The default is <see langword="null"/>: 4,096 for subwords, 50,000 for other units.</value>
    [Range(1, 1_000_000)]
    public int? MaximumVocabularySize { get; init; }

    /// <summary>
    /// Maximum number of source steps or regions; longer sources are truncated, in training and in scoring. Training leaves out pairs whose target has more
    /// symbols.
    /// </summary>
    /// <value>1 to 100,000. The default is 1,000.</value>
    [Range(1, 100_000)]
    public int MaximumLength { get; init; } = 1000;

    /// <summary>Which symbol the decoder reads during training.</summary>
    /// <value>The default is <see cref="RnnTargetSampling.Teacher"/>.</value>
    public RnnTargetSampling Sampling { get; init; }

    /// <summary>
    /// How the probability of replacing a true symbol rises, for <see cref="RnnTargetSampling.Scheduled"/> and <see cref="RnnTargetSampling.Uniform"/>.
    /// </summary>
    /// <value>The default is <see cref="RnnSamplingSchedule.Linear"/>.</value>
    public RnnSamplingSchedule SamplingSchedule { get; init; }

    /// <summary>The probability of replacing a true symbol at the end of the schedule.</summary>
    /// <value>0 to 1. The default is 0.25.</value>
    [Range(0f, 1f)]
    public float SamplingProbability { get; init; } = 0.25f;

    /// <summary>Share of the probability that the target of each prediction gives to all symbols equally (label smoothing; Szegedy et al., 2016).</summary>
    /// <value>0 to 0.9. The default is 0.1.</value>
    [Range(0f, 0.9f)]
    public float LabelSmoothing { get; init; } = 0.1f;

    /// <summary>The metric that selects the best epoch.</summary>
    /// <value>The default is <see cref="RnnTranslationMetric.Bleu"/>.</value>
    public RnnTranslationMetric Metric { get; init; } = RnnTranslationMetric.Bleu;

    /// <summary>The output columns and the options that name them.</summary>
    internal IEnumerable<(string Option, string? Name)> CommonOutputs =>
    [
        (nameof(ScoreColumnName), ScoreColumnName), (nameof(NBestColumnName), NBestColumnName), (nameof(NBestScoresColumnName), NBestScoresColumnName),
        (nameof(SymbolsColumnName), SymbolsColumnName), (nameof(AttentionColumnName), AttentionColumnName),
        (nameof(EncoderStateColumnName), EncoderStateColumnName), (nameof(EndColumnName), EndColumnName),
    ];
}
