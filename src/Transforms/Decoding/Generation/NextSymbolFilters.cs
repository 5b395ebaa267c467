using System.Numerics.Tensors;

namespace MlNetRnn.Decoding;

/// <summary>
/// Changes the log-probabilities of the next symbol as the options require, in this order: the unknown symbol, the constraint, n-gram blocking, the repetition
/// penalty. Sampling and beam search share these filters.
/// </summary>
/// <param name="options">The options.</param>
internal sealed class NextSymbolFilters(RnnGenerationOptions options)
{
    private const int Boundary = 0, Unknown = 1;

    /// <summary>Whether the filters depend on the symbols before.</summary>
    public bool UsesHistory => options.Constraint is not null || options.NoRepeatNgramSize > 0 || options.RepetitionPenalty != 1;

    /// <summary>The symbol that is always forbidden; null for none.</summary>
    public int? Forbidden => options.AllowUnknown ? null : Unknown;

    /// <summary>Opens the symbols before the generated ones; null if the filters do not depend on them.</summary>
    /// <param name="start">The start.</param>
    /// <param name="symbols">V.</param>
    /// <exception cref="ArgumentException">The generation that is continued has not kept its symbols.</exception>
    public SymbolHistory? OpenHistory(GenerationStart start, int symbols)
    {
        if (!UsesHistory) return null;
        if (start.State is { History: null })
            throw new ArgumentException(
                "Constraint, NoRepeatNgramSize, RepetitionPenalty: expected the state of a generation that used one of them, got one that did not and has "
                + "forgotten its symbols. Use one of them from the first call on.");
        return new SymbolHistory(symbols, [.. start.State?.History ?? [], .. start.Prompt]);
    }

    /// <summary>Throws if a distribution cannot be that of an intact model.</summary>
    /// <param name="logProbabilities">The log-probabilities of the model, [V].</param>
    /// <exception cref="InvalidOperationException">The distribution contains NaN or infinity, or all probabilities are 0.</exception>
    public static void Check(ReadOnlySpan<float> logProbabilities)
    {
        float greatest = TensorPrimitives.Max<float>(logProbabilities); // NaN if any number is NaN
        if (float.IsFinite(greatest)) return;
        string found = float.IsNaN(greatest) ? "NaN" : float.IsNegative(greatest) ? "a probability of 0 for every symbol" : "an infinite probability";
        throw new InvalidOperationException(
            $"The model is damaged: expected the probabilities of the next symbol, got {found}. Load the model again from an intact file, or train it again.");
    }

    /// <summary>Applies the filters.</summary>
    /// <param name="history">The symbols before; null if <see cref="UsesHistory"/> is false.</param>
    /// <param name="scores">The log-probabilities, [V], which are changed. Negative infinity: the symbol is forbidden.</param>
    public void Apply(SymbolHistory? history, Span<float> scores)
    {
        if (!options.AllowUnknown && scores.Length > Unknown) scores[Unknown] = float.NegativeInfinity;
        if (history is null) return;
        if (options.Constraint is { } constraint) Constrain(constraint, history, scores);
        if (options.NoRepeatNgramSize > 0) Block(history, scores);
        if (options.RepetitionPenalty != 1) Penalize(history.Distinct, scores);
    }

    private void Constrain(RnnSymbolConstraint constraint, SymbolHistory history, Span<float> scores)
    {
        const float Rounding = 1e-3f;
        constraint(history.Prompt, history.Generated, scores);
        float greatest = TensorPrimitives.Max<float>(scores);
        if (float.IsNaN(greatest) || float.IsPositiveInfinity(greatest))
            throw new InvalidOperationException(
                $"Constraint: expected log-probabilities, got {(float.IsNaN(greatest) ? "NaN" : "infinity")}. Use negative infinity to forbid a symbol.");
        // The search ends early because a sequence never becomes better when symbols are added.
        if (options.BeamWidth > 0 && greatest > Rounding)
            throw new InvalidOperationException(
                FormattableString.Invariant($"Constraint: expected log-probabilities of at most 0 in a beam search, got {greatest}. ")
                + "Lower the numbers of the other symbols instead of raising one.");
    }

    /// <summary>Forbids the symbols that would complete an n-gram that has occurred.</summary>
    private void Block(SymbolHistory history, Span<float> scores)
    {
        int context = options.NoRepeatNgramSize - 1;
        float boundary = scores[Boundary];
        if (context == 0)
        {
            foreach (int symbol in history.Distinct) scores[symbol] = float.NegativeInfinity;
        }
        else if (history.Length > context)
        {
            ReadOnlySpan<int> suffix = history.All[^context..], before = history.All[..^1];
            for (int i = before.IndexOf(suffix); i >= 0;)
            {
                scores[history.All[i + context]] = float.NegativeInfinity;
                int next = before[(i + 1)..].IndexOf(suffix);
                i = next < 0 ? -1 : i + 1 + next;
            }
        }
        scores[Boundary] = boundary;
    }

    private void Penalize(IReadOnlyList<int> symbols, Span<float> scores)
    {
        for (int i = 0; i < symbols.Count; i++)
        {
            // A constraint may have raised a number above 0.
            if (symbols[i] is var symbol and not Boundary)
                scores[symbol] = scores[symbol] < 0 ? scores[symbol] * options.RepetitionPenalty : scores[symbol] / options.RepetitionPenalty;
        }
    }
}
