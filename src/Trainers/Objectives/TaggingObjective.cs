using MlNetRnn.Decoding;
using MlNetRnn.Modules;
using MlNetRnn.Tags;


namespace MlNetRnn.Objectives;

/// <summary>How well a tagger does: span F1 where the tags mark spans (the exact ones of the truth, as conlleval counts), else the share of right tags.</summary>
/// <param name="tags">K.</param>
/// <param name="scheme">How tags mark spans; null where they mark none.</param>
/// <param name="rules">What may follow what; null where anything may.</param>
/// <param name="beamWidth">How many sequences the search follows where it is not exact.</param>
/// <param name="missedSpanCost">What "outside" costs a step within a span while learning.</param>
internal sealed class TaggingObjective(int tags, TagScheme? scheme, TagScheme? rules, int beamWidth, float missedSpanCost)
{
    public string MetricName => scheme is null ? "token accuracy" : "span F1";

    /// <summary>The search for the best tags, with the weights as they are now.</summary>
    public TagDecoder Decoder(TaggingHead head) => TagDecoders.Create(head.DecoderName, new TagDecoderPlan(tags, rules, beamWidth), head.DecoderWeights);

    /// <summary>What each tag costs each step while learning, [N,K]: "outside" within a span (softmax margin; Gimpel and Smith, 2010). Null for nothing.</summary>
    /// <param name="truth">[N]; below 0 where a step has no tag.</param>
    public float[]? Costs(int[] truth)
    {
        if (missedSpanCost == 0 || scheme is null) return null;
        int[] outside = [.. Enumerable.Range(0, tags).Where(scheme.IsOutside)];
        var costs = new float[truth.Length * tags];
        for (int t = 0; t < truth.Length; t++)
            foreach (int tag in truth[t] >= 0 && !scheme.IsOutside(truth[t]) ? outside : []) costs[t * tags + tag] = missedSpanCost;
        return costs;
    }

    public TagTally NewTally() => new(tags, scheme);
}
