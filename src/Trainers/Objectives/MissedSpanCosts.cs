using MlNetRnn.Tags;

namespace MlNetRnn.Objectives;

/// <summary>The cost of the tag "outside" for a step within a span, which is added to its score in training (softmax margin; Gimpel and Smith, 2010).</summary>
/// <param name="tags">K, the number of tags.</param>
/// <param name="scheme">The scheme by which tags mark spans.</param>
/// <param name="cost">The cost of one step.</param>
internal sealed class MissedSpanCosts(int tags, TagScheme scheme, float cost)
{
    private readonly int[] _outside = [.. Enumerable.Range(0, tags).Where(scheme.IsOutside)];

    /// <summary>Returns the costs; null if there are none.</summary>
    /// <param name="tags">K, the number of tags.</param>
    /// <param name="scheme">The scheme by which tags mark spans; null if they mark none.</param>
    /// <param name="cost">The cost of one step; 0 for none.</param>
    public static MissedSpanCosts? For(int tags, TagScheme? scheme, float cost) => cost == 0 || scheme is null ? null : new MissedSpanCosts(tags, scheme, cost);

    /// <summary>Returns the cost of each tag for each step, [N,K].</summary>
    /// <param name="truth">The true tags, [N]; below 0 for a step without a tag.</param>
    public float[] Of(int[] truth)
    {
        var costs = new float[truth.Length * tags];
        for (int t = 0; t < truth.Length; t++)
        {
            if (truth[t] < 0 || scheme.IsOutside(truth[t])) continue;
            foreach (int tag in _outside) costs[t * tags + tag] = cost;
        }
        return costs;
    }
}
