using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>
/// Options for generating text with a language model. Immutable. Values are validated before generation starts; all errors are reported together.
/// </summary>
/// <remarks>
/// <para>Each symbol is drawn from the model's distribution, which is changed in this order: the unknown symbol is forbidden (<see cref="AllowUnknown"/>),
/// <see cref="Constraint"/>, <see cref="NoRepeatNgramSize"/>, <see cref="RepetitionPenalty"/>, <see cref="Temperature"/>, <see cref="TopK"/>,
/// <see cref="TopP"/>. A beam search (<see cref="BeamWidth"/>) draws nothing and uses the first four of these.</para>
/// <para>If these steps leave no symbol, the sequence ends where it is.</para>
/// </remarks>
public sealed partial record RnnGenerationOptions
{
    /// <summary>Maximum number of symbols to generate. The end of the document counts as a symbol.</summary>
    /// <value>1 or more. The default is 200.</value>
    public int MaximumLength { get; init; } = 200;

    /// <summary>
    /// Log-probabilities are divided by the temperature. Less than 1 prefers probable symbols; more than 1 makes the symbols more equal. With 0, generation
    /// takes the most probable symbol at each step (greedy search).
    /// </summary>
    /// <value>0 or more. The default is 1.</value>
    public float Temperature { get; init; } = 1;

    /// <summary>Only the k most probable symbols can be drawn (Fan et al., 2018).</summary>
    /// <value>0 or more. The default is 0: every symbol can be drawn.</value>
    public int TopK { get; init; }

    /// <summary>
    /// Only the smallest set of most probable symbols whose probabilities add up to at least this share can be drawn (nucleus sampling; Holtzman et al.,
    /// 2020). The share refers to the symbols that <see cref="TopK"/> left.
    /// </summary>
    /// <value>More than 0 and at most 1. The default is 1: every symbol can be drawn.</value>
    public float TopP { get; init; } = 1;

    /// <summary>
    /// The log-probability of each symbol that occurs in the prompt or in the generated text is multiplied by the penalty (Keskar et al., 2019, applied to
    /// log-probabilities), so that it occurs less often again. The boundary of documents is exempt.
    /// </summary>
    /// <value>1 or more. The default is 1: no penalty.</value>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Size n of the n-grams of symbols that must not occur twice in the prompt and the generated text. The boundary of documents is exempt.</summary>
    /// <value>0 or more. The default is 0: n-grams may repeat.</value>
    public int NoRepeatNgramSize { get; init; }

    /// <summary>
    /// Changes the distribution, for example to forbid symbols; only <see cref="AllowUnknown"/> comes before. <c>RnnLanguageModelTransformer.Symbols</c> lists
    /// the symbols.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no change.</value>
    [JsonIgnore]
    public RnnSymbolConstraint? Constraint { get; init; }

    /// <summary>Whether the unknown symbol, which has no text, can be generated.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowUnknown { get; init; }

    /// <summary>
    /// Whether generation ends where the model ends the document. If <see langword="false"/>, the model continues with another document until
    /// <see cref="MaximumLength"/>. Ignored by a model that was trained on one stream of rows (<c>JoinRows</c>), which has no documents: its boundary is a line
    /// break of the text, and the stop sequence "\n" ends generation there.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool StopAtDocumentEnd { get; init; } = true;

    /// <summary>Texts at which generation ends.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>
    /// Seed of the random numbers. On one machine, the same seed, model and options give the same text for a prompt at the same place in the list of prompts:
    /// each place has its own random numbers, so that the other prompts do not matter, except that they can change the rounding where ONNX Runtime generates
    /// (8-bit weights, networks of a window). The text that continues an earlier one continues its random numbers.
    /// </summary>
    /// <value>The default is <see langword="null"/>: a different seed for each call.</value>
    public int? Seed { get; init; }

    /// <summary>
    /// Number of sequences that a beam search keeps. Instead of drawing symbols, it finds probable sequences. With 1, it takes the most probable symbol at each
    /// step.
    /// </summary>
    /// <value>0 or more. The default is 0: symbols are drawn.</value>
    public int BeamWidth { get; init; }

    /// <summary>
    /// Exponent α of the length penalty of a beam search. A sequence Y is ranked by log P(Y) · (6 / (5 + |Y|))^α (Wu et al., 2016), because without a penalty
    /// short sequences are more probable.
    /// </summary>
    /// <value>0 or more. The default is 0: no penalty.</value>
    public float LengthPenalty { get; init; }

    /// <summary>Number of sequences that a beam search returns, the best first.</summary>
    /// <value>1 to <see cref="BeamWidth"/>. The default is 1.</value>
    public int NBest { get; init; } = 1;
}
