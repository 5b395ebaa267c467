namespace MlNetRnn.Tags;

/// <summary>
/// Tags that mark spans: IOB1, IOB2, IOBES, BILOU, BMES and BMEWO, in every spelling that <see cref="TagMark"/> reads. Spans are found as conlleval finds
/// them (Tjong Kim Sang and Buchholz, 2000), also in sequences that break the rules. A stray tag, one that is not of the scheme, belongs to no span.
/// </summary>
internal sealed class TagScheme
{
    private readonly TagMark[] _tags;

    private TagScheme(TagMark[] tags, IReadOnlyList<int> strays) => (_tags, Strays) = (tags, strays);

    /// <summary>The tags that are not of the scheme, by their numbers.</summary>
    public IReadOnlyList<int> Strays { get; }

    /// <summary>The scheme of these tags; null where they mark no spans.</summary>
    /// <param name="names">The tags in the order of their numbers.</param>
    public static TagScheme? Of(IReadOnlyList<string> names)
    {
        TagMark?[] first = [.. names.Select(name => TagMark.Parse(name, markIsLast: false))], last = [.. names.Select(name => TagMark.Parse(name, markIsLast: true))];
        TagMark?[] marks = last.Count(mark => mark is { IsTyped: true }) > first.Count(mark => mark is { IsTyped: true }) ? last : first;
        return TagSpelling.MarksSpans(marks)
            ? new TagScheme([.. marks.Select(mark => mark ?? TagMark.NoSpan)], [.. Enumerable.Range(0, marks.Length).Where(i => marks[i] is null)])
            : null;
    }

    /// <summary>Whether spans of one step and ends of spans have tags of their own (IOBES).</summary>
    public bool MarksEnds => _tags.Any(tag => tag.Place is TagMark.End or TagMark.Single);

    /// <summary>Whether the step of a tag belongs to no span.</summary>
    public bool IsOutside(int tag) => _tags[tag].Place == TagMark.Outside;

    /// <summary>Whether a sequence that keeps the rules of IOB2 or IOBES may begin with a tag.</summary>
    public bool AllowsFirst(int tag) => _tags[tag].Place is not (TagMark.Inside or TagMark.End);

    /// <summary>Whether it may end with a tag.</summary>
    public bool AllowsLast(int tag) => !MarksEnds || _tags[tag].Place is not (TagMark.Begin or TagMark.Inside);

    /// <summary>Whether one tag may follow another.</summary>
    public bool Allows(int before, int after)
    {
        ((char place, string type), (char next, string nextType)) = ((_tags[before].Place, _tags[before].Type), (_tags[after].Place, _tags[after].Type));
        bool isOpen = place is TagMark.Begin or TagMark.Inside;
        if (next is TagMark.Inside or TagMark.End) return isOpen && type == nextType;
        return !MarksEnds || !isOpen;
    }

    /// <summary>Whether a sequence keeps all rules; with steps without a tag (below 0), whether there are tags for them with which it does.</summary>
    public bool Allows(ReadOnlySpan<int> tags)
    {
        if (tags.ContainsAnyInRange(int.MinValue, -1)) return CanBeCompleted(tags);
        for (int t = 1; t < tags.Length; t++)
            if (!Allows(tags[t - 1], tags[t])) return false;
        return tags.IsEmpty || AllowsFirst(tags[0]) && AllowsLast(tags[^1]);
    }

    private bool CanBeCompleted(ReadOnlySpan<int> tags)
    {
        int[] all = [.. Enumerable.Range(0, _tags.Length)], reached = [];
        for (int t = 0; t < tags.Length; t++)
        {
            int[] possible = tags[t] >= 0 ? [tags[t]] : all, before = reached;
            bool isFirst = t == 0;
            reached = [.. possible.Where(tag => isFirst ? AllowsFirst(tag) : before.Any(other => Allows(other, tag)))];
        }
        return reached.Any(AllowsLast);
    }

    /// <summary>The spans of a sequence, in their order; a step without a tag (below 0) is outside.</summary>
    public List<RnnSpan> Spans(ReadOnlySpan<int> tags)
    {
        var spans = new List<RnnSpan>();
        int start = -1;
        var before = TagMark.NoSpan;
        for (int t = 0; t <= tags.Length; t++)
        {
            TagMark now = t < tags.Length && tags[t] >= 0 ? _tags[tags[t]] : TagMark.NoSpan;
            if (start >= 0 && IsOver(before, now))
            {
                spans.Add(new RnnSpan(start, t - start, before.Type));
                start = -1;
            }
            if (start < 0 && now.Place != TagMark.Outside) start = t;
            before = now;
        }
        return spans;
    }

    /// <summary>Whether a span ends between two steps.</summary>
    private static bool IsOver(TagMark before, TagMark now) =>
        now.Place is TagMark.Outside or TagMark.Begin or TagMark.Single || before.Place is TagMark.End or TagMark.Single || before.Type != now.Type;
}
