using MlNetRnn.Tags;


namespace MlNetRnn.Decoding;

/// <summary>
/// A linear chain over K tags (Lafferty et al., 2001): the score of a sequence of tags is the sum of what each step says of its tag (emissions) and
/// of what each tag says of the next (transitions). Forbidden transitions score −∞. Immutable, hence shared by all threads.
/// </summary>
internal sealed class LinearChainCrf
{
    private readonly float[] _transitions;      // [K+2,K], as in the graph
    private readonly double[] _factors;         // exp of it

    /// <param name="tags">K.</param>
    /// <param name="transitions">[K+2,K]: from tag to tag; then the scores of the first tag, and of the last.</param>
    /// <param name="rules">What may follow what; null where anything may.</param>
    public LinearChainCrf(int tags, ReadOnlySpan<float> transitions, TagScheme? rules = null)
    {
        (Tags, _transitions) = (tags, transitions.ToArray());
        if (rules is not null) Forbid(rules);
        _factors = Array.ConvertAll(_transitions, score => Math.Exp(score));
    }

    /// <summary>K.</summary>
    public int Tags { get; }

    /// <summary>exp of the scores of the transitions, [K+2,K].</summary>
    public ReadOnlySpan<double> Factors => _factors;

    /// <summary>Where the scores of the first tag lie among the transitions.</summary>
    public int First => Tags * Tags;

    /// <summary>Where the scores of the last tag lie.</summary>
    public int Last => First + Tags;

    /// <summary>The score of a transition; −1 stands for before the first step and after the last.</summary>
    public float Transition(int before, int after) => _transitions[before < 0 ? First + after : after < 0 ? Last + before : before * Tags + after];

    /// <summary>The scores of the tags after one; −1 stands for before the first step.</summary>
    public ReadOnlySpan<float> After(int before) => _transitions.AsSpan(before < 0 ? First : before * Tags, Tags);

    /// <summary>The score of a sequence of tags.</summary>
    /// <param name="emissions">[T,K]</param>
    /// <param name="tags">[T]</param>
    public double Score(ReadOnlySpan<float> emissions, ReadOnlySpan<int> tags)
    {
        double score = Transition(tags[^1], -1);
        for (int t = 0; t < tags.Length; t++) score += (double)emissions[t * Tags + tags[t]] + Transition(t == 0 ? -1 : tags[t - 1], tags[t]);
        return score;
    }

    private void Forbid(TagScheme rules)
    {
        for (int i = 0; i < Tags; i++)
        {
            for (int j = 0; j < Tags; j++)
                if (!rules.Allows(i, j)) _transitions[i * Tags + j] = float.NegativeInfinity;
            if (!rules.AllowsFirst(i)) _transitions[First + i] = float.NegativeInfinity;
            if (!rules.AllowsLast(i)) _transitions[Last + i] = float.NegativeInfinity;
        }
    }
}
