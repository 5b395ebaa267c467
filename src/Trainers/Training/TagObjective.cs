using MlNetRnn.Decoding;
using MlNetRnn.Modules;
using MlNetRnn.Sequences;

namespace MlNetRnn.Training;

/// <summary>How well a tagger does: span F1 where the tags mark spans (the exact ones of the truth, as conlleval counts), else the share of right tags.</summary>
/// <param name="tags">K.</param>
/// <param name="scheme">How tags mark spans; null where they mark none.</param>
/// <param name="rules">What may follow what; null where anything may.</param>
/// <param name="beamWidth">How many sequences the search follows where it is not exact.</param>
internal sealed class TagObjective(int tags, TagScheme? scheme, TagScheme? rules, int beamWidth)
{
    public string MetricName => scheme is null ? "token accuracy" : "span F1";

    /// <summary>The search for the best tags, with the weights as they are now.</summary>
    public TagDecoder Decoder(TagHead head) => TagDecoders.Create(head.DecoderName, new TagDecoderPlan(tags, rules, beamWidth), head.DecoderWeights);

    public TagTally NewTally() => new(tags, scheme);
}
