using MlNetRnn.Tags;


namespace MlNetRnn.Modules;

/// <summary>The one door from what a tag has to do with the tags beside it to the head of the network: an additional one is one file and one line here.</summary>
internal static class TaggingHeads
{
    private static readonly Dictionary<RnnTagDependency, Func<TaggingHeadSetup, TaggingHead>> ByName = new()
    {
        [RnnTagDependency.None] = s => new IndependentTaggingHead(s.Parameters, s.Size, s.Tags),
        [RnnTagDependency.Crf] = s => new CrfTaggingHead(s.Parameters, s.Size, s.Tags, s.Rules),
        [RnnTagDependency.PreviousTags] = s => s.Order == 0 ? new IndependentTaggingHead(s.Parameters, s.Size, s.Tags) : new PreviousTagsTaggingHead(s.Parameters, s.Size, s.Tags, s.Order),
        [RnnTagDependency.Auto] = s => s.MarksSpans ? new CrfTaggingHead(s.Parameters, s.Size, s.Tags, s.Rules) : new IndependentTaggingHead(s.Parameters, s.Size, s.Tags),
    };

    public static TaggingHead Create(RnnTagDependency dependency, TaggingHeadSetup setup) => ByName[dependency](setup);
}

/// <summary>What a head is made of.</summary>
/// <param name="Parameters">Where the weights go.</param>
/// <param name="Size">S, the size of a state.</param>
/// <param name="Tags">K.</param>
/// <param name="Order">How many tags feed the next step.</param>
/// <param name="MarksSpans">Whether the tags mark spans.</param>
/// <param name="Rules">What may follow what; null where anything may.</param>
internal sealed record TaggingHeadSetup(ParameterSet Parameters, int Size, int Tags, int Order, bool MarksSpans, TagScheme? Rules);
