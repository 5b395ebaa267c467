using MlNetRnn.Sequences;

namespace MlNetRnn.Modules;

/// <summary>The one door from what a tag has to do with the tags beside it to the head of the network: a further one is one file and one line here.</summary>
internal static class TagHeads
{
    private static readonly Dictionary<RnnTagDependency, Func<TagHeadSetup, TagHead>> ByName = new()
    {
        [RnnTagDependency.None] = s => new IndependentTagHead(s.Parameters, s.Size, s.Tags),
        [RnnTagDependency.Crf] = s => new CrfTagHead(s.Parameters, s.Size, s.Tags, s.Rules),
        [RnnTagDependency.PreviousTags] = s => s.Order == 0 ? new IndependentTagHead(s.Parameters, s.Size, s.Tags) : new PreviousTagsHead(s.Parameters, s.Size, s.Tags, s.Order),
        [RnnTagDependency.Auto] = s => s.MarksSpans ? new CrfTagHead(s.Parameters, s.Size, s.Tags, s.Rules) : new IndependentTagHead(s.Parameters, s.Size, s.Tags),
    };

    public static TagHead Create(RnnTagDependency dependency, TagHeadSetup setup) => ByName[dependency](setup);
}

/// <summary>What a head is made of.</summary>
/// <param name="Parameters">Where the weights go.</param>
/// <param name="Size">S, the size of a state.</param>
/// <param name="Tags">K.</param>
/// <param name="Order">How many tags feed the next step.</param>
/// <param name="MarksSpans">Whether the tags mark spans.</param>
/// <param name="Rules">What may follow what; null where anything may.</param>
internal sealed record TagHeadSetup(ParameterSet Parameters, int Size, int Tags, int Order, bool MarksSpans, TagScheme? Rules);
