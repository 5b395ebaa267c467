using MlNetRnn.Experiments;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.Experiment;

/// <summary>The search space of a tagger: that of the library, without options that have no effect on these rows.</summary>
internal static class TaggingSpace
{
    public static OptionSpace<RnnSequenceTaggingOptions> Of(TaggedFormat format, bool areSpans)
    {
        var start = new RnnSequenceTaggingOptions { InputColumnName = format.InputColumn, LabelColumnName = format.LabelColumn, FrameSize = format.FrameSize };
        var space = new OptionSpace<RnnSequenceTaggingOptions>(start);
        if (!areSpans) space.Fix(o => o.Network.MissedSpanCost);
        // Frames have neither words nor characters.
        if (format.FrameSize > 0) space.Fix(o => o.Network.EmbeddingSize).Fix(o => o.Network.Characters);
        return space;
    }
}
