using System.Text.Json.Serialization;
using MlNetRnn.Decoding;

namespace MlNetRnn;

/// <summary>Options for finding translations. Immutable. Values are validated before the search starts; all errors are reported together.</summary>
/// <remarks>
/// By default, a beam search finds probable translations. If <see cref="BeamWidth"/> is 0, symbols are drawn at random: see <see cref="Temperature"/>,
/// <see cref="TopK"/> and <see cref="TopP"/>, which are applied in this order after the other filters.
/// </remarks>
public sealed record RnnTranslationDecodingOptions
{
    /// <summary>Number of translations that the beam search keeps at each step; with 1, it takes the most probable symbol (greedy search).</summary>
    /// <value>0 or more. The default is 5; 0 draws symbols at random.</value>
    public int BeamWidth { get; init; } = 5;

    /// <summary>
    /// Exponent α of the length penalty of a beam search. A translation Y is ranked by log P(Y) · (6 / (5 + |Y|))^α (Wu et al., 2016), because without a
    /// penalty short translations are more probable.
    /// </summary>
    /// <value>0 or more. The default is 1.</value>
    public float LengthPenalty { get; init; } = 1;

    /// <summary>
    /// Factor β of the coverage penalty, by which the translations that a beam search has found are ranked: β Σ_j log min(Σ_i a_ij, 1) over the source symbols
    /// j is added, where a_ij is the attention of target symbol i (Wu et al., 2016). It prefers translations that leave nothing out.
    /// </summary>
    /// <value>0 or more. The default is 0: no penalty. Without attention, it must be 0.</value>
    public float CoveragePenalty { get; init; }

    /// <summary>Number of translations that a beam search returns, the best first.</summary>
    /// <value>1 to <see cref="BeamWidth"/>. The default is 1.</value>
    public int NBest { get; init; } = 1;

    /// <summary>Size n of the n-grams of symbols that must not occur twice in a translation.</summary>
    /// <value>0 or more. The default is 0: n-grams may repeat.</value>
    public int NoRepeatNgramSize { get; init; }

    /// <summary>Maximum number of symbols of a translation; its end counts as a symbol.</summary>
    /// <value>1 or more. The default is <see langword="null"/>: twice the number of source steps and 20 more.</value>
    public int? MaximumLength { get; init; }

    /// <summary>Whether the unknown symbol can be predicted.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowUnknown { get; init; }

    /// <summary>
    /// Whether the unknown symbol can be predicted and is replaced by the source symbol with the greatest attention, as for names (Luong et al., 2015). For
    /// words and tokens; requires attention.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReplaceUnknown { get; init; }

    /// <summary>Changes the distribution, for example to allow only some symbols.</summary>
    /// <value>The default is <see langword="null"/>: no change.</value>
    [JsonIgnore]
    public RnnSymbolConstraint? Constraint { get; init; }

    /// <summary>Log-probabilities are divided by the temperature before a symbol is drawn.</summary>
    /// <value>0 or more. The default is 1.</value>
    public float Temperature { get; init; } = 1;

    /// <summary>Only the k most probable symbols can be drawn.</summary>
    /// <value>0 or more. The default is 0: every symbol can be drawn.</value>
    public int TopK { get; init; }

    /// <summary>Only the smallest set of most probable symbols whose probabilities add up to at least this share can be drawn.</summary>
    /// <value>More than 0 and at most 1. The default is 1: every symbol can be drawn.</value>
    public float TopP { get; init; } = 1;

    /// <summary>Seed of the random numbers.</summary>
    /// <value>The default is <see langword="null"/>: a different seed for each call.</value>
    public int? Seed { get; init; }

    /// <summary>The options of the search over symbols.</summary>
    internal RnnGenerationOptions OfSymbols => new()
    {
        BeamWidth = BeamWidth,
        // A drawn translation is not ranked, so that the default of the length penalty has no meaning.
        LengthPenalty = BeamWidth == 0 && LengthPenalty == 1 ? 0 : LengthPenalty,
        // Candidates for the coverage penalty.
        NBest = CoveragePenalty > 0 ? Math.Max(1, BeamWidth) : NBest,
        NoRepeatNgramSize = NoRepeatNgramSize,
        MaximumLength = MaximumLength ?? int.MaxValue,
        AllowUnknown = AllowUnknown || ReplaceUnknown,
        Constraint = Constraint,
        Temperature = Temperature,
        TopK = TopK,
        TopP = TopP,
        Seed = Seed,
    };

    /// <summary>Returns the maximum length of a translation.</summary>
    /// <param name="sourceLength">The number of source steps.</param>
    internal int MaximumLengthOf(int sourceLength) => MaximumLength ?? checked(2 * sourceLength + 20);

    /// <summary>Validates the options and reports all errors at once.</summary>
    /// <param name="parameter">The name of the parameter in the exception.</param>
    /// <param name="hasAttention">Whether the model has attention.</param>
    /// <exception cref="ArgumentException">One or more options are not valid, or cannot be combined.</exception>
    internal void Validate(string parameter, bool hasAttention)
    {
        string[] faults = [.. Faults(hasAttention)];
        if (faults.Length > 0) throw OptionFaults.ToException(nameof(RnnTranslationDecodingOptions), faults, parameter);
    }

    /// <summary>Returns the errors of the options.</summary>
    /// <param name="hasAttention">Whether the model has attention.</param>
    internal IReadOnlyList<string> Faults(bool hasAttention)
    {
        var faults = new List<string>(RnnGenerationOptions.FaultsOf(OfSymbols with { NBest = NBest }));
        if (!(CoveragePenalty >= 0 && float.IsFinite(CoveragePenalty)))
            faults.Add(FormattableString.Invariant($"{nameof(CoveragePenalty)}: expected a finite number of 0 or more, got {CoveragePenalty}"));
        if (CoveragePenalty > 0 && BeamWidth == 0)
            faults.Add($"{nameof(CoveragePenalty)}: expected 0 if BeamWidth is 0, got {CoveragePenalty}. Only a beam search ranks translations.");
        if (CoveragePenalty > 0 && !hasAttention)
            faults.Add($"{nameof(CoveragePenalty)}: expected 0 for a model without attention, got {CoveragePenalty}");
        if (ReplaceUnknown && !hasAttention)
            faults.Add($"{nameof(ReplaceUnknown)}: expected false for a model without attention, got true");
        return faults;
    }
}
