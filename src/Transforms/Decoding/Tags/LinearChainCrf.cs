using MlNetRnn.Tags;

namespace MlNetRnn.Decoding;

/// <summary>
/// A linear-chain conditional random field over K tags (Lafferty et al., 2001). The score of a sequence of tags is the sum of the scores of the tags at their
/// steps (emissions) and of the scores of adjacent tags (transitions). Forbidden transitions score −∞. Immutable and thread-safe.
/// </summary>
internal sealed class LinearChainCrf
{
    private readonly float[] _transitions;      // [K+2,K], as in the ONNX graph
    private readonly double[] _factors;         // exp of the transitions

    /// <param name="tags">K.</param>
    /// <param name="transitions">[K+2,K]: the scores from tag to tag, then of the first tag, then of the last tag.</param>
    /// <param name="rules">Restricts which tag may follow which; null for no restriction.</param>
    public LinearChainCrf(int tags, ReadOnlySpan<float> transitions, TagScheme? rules = null)
    {
        (Tags, _transitions) = (tags, transitions.ToArray());
        if (rules is not null) Forbid(rules);
        _factors = Array.ConvertAll(_transitions, score => Math.Exp(score));
    }

    /// <summary>K.</summary>
    public int Tags { get; }

    /// <summary>exp of the transition scores, [K+2,K].</summary>
    public ReadOnlySpan<double> Factors => _factors;

    /// <summary>The index of the scores of the first tag among the transitions.</summary>
    public int First => Tags * Tags;

    /// <summary>The index of the scores of the last tag among the transitions.</summary>
    public int Last => First + Tags;

    /// <summary>Returns the score of a transition. −1 stands for the position before the first step or after the last.</summary>
    public float Transition(int before, int after) => _transitions[before < 0 ? First + after : after < 0 ? Last + before : before * Tags + after];

    /// <summary>Returns the scores of all tags after a tag. −1 stands for the position before the first step.</summary>
    public ReadOnlySpan<float> After(int before) => _transitions.AsSpan(before < 0 ? First : before * Tags, Tags);

    /// <summary>Computes the score of a sequence of tags.</summary>
    /// <param name="emissions">The scores of the tags at each step, [T,K].</param>
    /// <param name="tags">The tags, [T].</param>
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
