using MlNetRnn.Experiments;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.Experiment;

/// <summary>Which options of a tagger are worth a search: those that the library names, without those that change nothing for these rows.</summary>
internal static class TaggingSpace
{
    public static OptionSpace<RnnSequenceTaggingOptions> Of(TaggedFormat format, bool areSpans)
    {
        var space = new OptionSpace<RnnSequenceTaggingOptions>(new RnnSequenceTaggingOptions { InputColumnName = format.InputColumn, LabelColumnName = format.LabelColumn, FrameSize = format.FrameSize });
        if (!areSpans) space.Fix(o => o.Network.MissedSpanCost);
        // Frames have neither words nor characters.
        if (format.FrameSize > 0) space.Fix(o => o.Network.EmbeddingSize).Fix(o => o.Network.Characters);
        return space;
    }
}
