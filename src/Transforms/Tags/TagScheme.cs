namespace MlNetRnn.Tags;

/// <summary>
/// A set of tags that mark spans: IOB1, IOB2, IOBES, BILOU, BMES and BMEWO, in every spelling that <see cref="TagMark"/> parses. Finds spans by the rules of
/// conlleval (Tjong Kim Sang and Buchholz, 2000), also in sequences that break the rules of the scheme. A stray tag, which does not fit the scheme, belongs
/// to no span.
/// </summary>
internal sealed class TagScheme
{
    private readonly TagMark[] _tags;

    private TagScheme(TagMark[] tags, IReadOnlyList<int> strays) => (_tags, Strays) = (tags, strays);

    /// <summary>The numbers of the tags that do not fit the scheme.</summary>
    public IReadOnlyList<int> Strays { get; }

    /// <summary>Returns the scheme of a set of tags; null if they do not mark spans.</summary>
    /// <param name="names">The tags in the order of their numbers.</param>
    public static TagScheme? Of(IReadOnlyList<string> names)
    {
        TagMark?[] first = [.. names.Select(name => TagMark.Parse(name, markIsLast: false))];
        TagMark?[] last = [.. names.Select(name => TagMark.Parse(name, markIsLast: true))];
        TagMark?[] marks = last.Count(mark => mark is { IsTyped: true }) > first.Count(mark => mark is { IsTyped: true }) ? last : first;
        return TagSpelling.MarksSpans(marks)
            ? new TagScheme([.. marks.Select(mark => mark ?? TagMark.NoSpan)], [.. Enumerable.Range(0, marks.Length).Where(i => marks[i] is null)])
            : null;
    }

    /// <summary>Whether the last step of a span, or a span of one step, has a tag of its own (IOBES).</summary>
    public bool MarksEnds => _tags.Any(tag => tag.Place is TagMark.End or TagMark.Single);

    /// <summary>Returns whether a tag marks a step outside all spans.</summary>
    public bool IsOutside(int tag) => _tags[tag].Place == TagMark.Outside;

    /// <summary>Returns whether a sequence may begin with a tag by the rules of IOB2 or IOBES.</summary>
    public bool AllowsFirst(int tag) => _tags[tag].Place is not (TagMark.Inside or TagMark.End);

    /// <summary>Returns whether a sequence may end with a tag.</summary>
    public bool AllowsLast(int tag) => !MarksEnds || _tags[tag].Place is not (TagMark.Begin or TagMark.Inside);

    /// <summary>Returns whether a tag may follow another.</summary>
    public bool Allows(int before, int after)
    {
        ((char place, string type), (char next, string nextType)) = ((_tags[before].Place, _tags[before].Type), (_tags[after].Place, _tags[after].Type));
        bool isOpen = place is TagMark.Begin or TagMark.Inside;
        if (next is TagMark.Inside or TagMark.End) return isOpen && type == nextType;
        return !MarksEnds || !isOpen;
    }

    /// <summary>
    /// Returns whether a sequence follows all rules. If steps have no tag (a number below 0), returns whether tags exist for them with which it does.
    /// </summary>
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

    /// <summary>Returns the spans of a sequence in their order. A step without a tag (a number below 0) is outside.</summary>
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

    /// <summary>Returns whether a span ends between two steps.</summary>
    private static bool IsOver(TagMark before, TagMark now) =>
        now.Place is TagMark.Outside or TagMark.Begin or TagMark.Single || before.Place is TagMark.End or TagMark.Single || before.Type != now.Type;
}
