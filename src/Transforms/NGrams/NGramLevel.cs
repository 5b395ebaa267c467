namespace MlNetRnn.NGrams;

/// <summary>
/// The contexts of one length in an <see cref="NGramModel"/>, and the symbols that follow each of them. A context is a node of a tree that is walked from the
/// last symbol back to older ones. 16 bytes per context (12 on the last level) and 8 bytes per n-gram. Immutable and thread-safe.
/// </summary>
/// <param name="symbols">The oldest symbol of each context; increasing among the contexts with the same end.</param>
/// <param name="firstLonger">The first context of the next level that ends with each context; one more entry at the end. Empty on the last level.</param>
/// <param name="firstSuccessor">Where the successors of each context begin; one more entry at the end.</param>
/// <param name="backoffs">The weight of the shorter context.</param>
/// <param name="successors">The symbols that follow each context, increasing.</param>
/// <param name="weights">The discounted relative frequency of each successor.</param>
internal sealed class NGramLevel(int[] symbols, int[] firstLonger, int[] firstSuccessor, float[] backoffs, int[] successors, float[] weights)
{
    public int[] Symbols => symbols;

    public int[] FirstLonger => firstLonger;

    public int[] FirstSuccessor => firstSuccessor;

    public float[] Backoffs => backoffs;

    public int[] Successors => successors;

    public float[] Weights => weights;

    /// <summary>Returns the context of the next level that is one symbol longer; a negative number if it was not seen.</summary>
    public int Longer(int context, int symbol, NGramLevel next)
    {
        int begin = firstLonger[context];
        int found = next.Symbols.AsSpan(begin..firstLonger[context + 1]).BinarySearch(symbol);
        return found < 0 ? found : begin + found;
    }

    /// <summary>Returns where the successors of a context are.</summary>
    public Range SuccessorsOf(int context) => firstSuccessor[context]..firstSuccessor[context + 1];

    /// <summary>Returns the discounted relative frequency of a symbol after a context; 0 if it was not seen.</summary>
    public float WeightOf(int context, int symbol)
    {
        int begin = firstSuccessor[context];
        int found = successors.AsSpan(begin..firstSuccessor[context + 1]).BinarySearch(symbol);
        return found < 0 ? 0 : weights[begin + found];
    }
}
