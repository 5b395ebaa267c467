using MlNetRnn.Modules;
using MlNetRnn.Tags;

namespace MlNetRnn.Objectives;

/// <summary>
/// Maps <see cref="RnnTagDependency"/> to the head and the loss of a tagger. A new dependency is a <see cref="TaggingHead"/>, a
/// <see cref="TaggingObjective"/> and one line here.
/// </summary>
internal static class TagDependencies
{
    private static readonly TagDependency
        Independent = new(setup => new IndependentTaggingHead(setup), (_, _, costs) => new IndependentTaggingObjective(costs)),
        Crf = new(setup => new CrfTaggingHead(setup), (head, rules, costs) => new CrfObjective((CrfTaggingHead)head, rules, costs)),
        PreviousTags = new(setup => new PreviousTagsTaggingHead(setup), (head, _, costs) => new PreviousTagsObjective((PreviousTagsTaggingHead)head, costs));

    private static readonly Dictionary<RnnTagDependency, Func<RnnTaggingNetworkOptions, bool, TagDependency>> ByName = new()
    {
        [RnnTagDependency.None] = (_, _) => Independent,
        [RnnTagDependency.Crf] = (_, _) => Crf,
        [RnnTagDependency.PreviousTags] = (options, _) => options.PreviousTags == 0 ? Independent : PreviousTags,
        [RnnTagDependency.Auto] = (_, marksSpans) => marksSpans ? Crf : Independent,
    };

    /// <summary>Returns the dependency that the options specify.</summary>
    /// <param name="options">The options of the network.</param>
    /// <param name="marksSpans">Whether the tags mark spans.</param>
    public static TagDependency Of(RnnTaggingNetworkOptions options, bool marksSpans) => ByName[options.Dependency](options, marksSpans);
}

/// <summary>A model of the dependencies between adjacent tags.</summary>
/// <param name="CreateHead">Creates the head of the network.</param>
/// <param name="CreateObjective">Creates the loss from the head, the rules of spans (null for none) and the costs of missed spans (null for none).</param>
internal sealed record TagDependency(
    Func<TaggingHeadSetup, TaggingHead> CreateHead,
    Func<TaggingHead, TagScheme?, MissedSpanCosts?, TaggingObjective> CreateObjective);
