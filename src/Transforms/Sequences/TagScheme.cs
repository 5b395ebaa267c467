namespace MlNetRnn.Sequences;

/// <summary>
/// Tags that mark spans: IOB1, IOB2 (B, I, O), IOBES and BILOU (L for E, U for S), as "B-PER" or "B" alone. Spans are found as conlleval does
/// (Tjong Kim Sang and Buchholz, 2000), also in sequences that break the rules.
/// </summary>
internal sealed class TagScheme
{
    private const char Outside = 'O', Begin = 'B', Inside = 'I', End = 'E', Single = 'S';
    private readonly (char Prefix, string Type)[] _tags;

    private TagScheme((char Prefix, string Type)[] tags) => _tags = tags;

    /// <summary>The scheme of these tags; null where they mark no spans.</summary>
    /// <param name="names">The tags in the order of their numbers.</param>
    public static TagScheme? Of(IReadOnlyList<string> names)
    {
        var tags = new (char Prefix, string Type)[names.Count];
        for (int i = 0; i < tags.Length; i++)
        {
            if (Parse(names[i]) is not { } tag) return null;
            tags[i] = tag;
        }
        // Letters alone may be anything: grades, sizes. Only B and I are taken for marks.
        bool marksSpans = tags.Any(tag => tag.Type.Length > 0 ? tag.Prefix != Outside : tag.Prefix is Begin or Inside);
        return marksSpans ? new TagScheme(tags) : null;
    }

    /// <summary>Whether spans of one step and ends of spans have tags of their own (IOBES).</summary>
    public bool MarksEnds => _tags.Any(tag => tag.Prefix is End or Single);

    /// <summary>Whether a tag says that a step belongs to no span.</summary>
    public bool IsOutside(int tag) => _tags[tag].Prefix == Outside;

    /// <summary>Whether a sequence that keeps the rules of IOB2 or IOBES may begin with a tag.</summary>
    public bool AllowsFirst(int tag) => _tags[tag].Prefix is not (Inside or End);

    /// <summary>Whether it may end with a tag.</summary>
    public bool AllowsLast(int tag) => !MarksEnds || _tags[tag].Prefix is not (Begin or Inside);

    /// <summary>Whether one tag may follow another.</summary>
    public bool Allows(int before, int after)
    {
        ((char prefix, string type), (char next, string nextType)) = (_tags[before], _tags[after]);
        bool isOpen = prefix is Begin or Inside;
        if (next is Inside or End) return isOpen && type == nextType;
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
    public List<TagSpan> Spans(ReadOnlySpan<int> tags)
    {
        var spans = new List<TagSpan>();
        int start = -1;
        (char Prefix, string Type) before = (Outside, "");
        for (int t = 0; t <= tags.Length; t++)
        {
            (char Prefix, string Type) now = t < tags.Length && tags[t] >= 0 ? _tags[tags[t]] : (Outside, "");
            if (start >= 0 && IsOver(before, now))
            {
                spans.Add(new TagSpan(start, t - start, before.Type));
                start = -1;
            }
            if (start < 0 && now.Prefix != Outside) start = t;
            before = now;
        }
        return spans;
    }

    /// <summary>Whether a span ends between two steps.</summary>
    private static bool IsOver((char Prefix, string Type) before, (char Prefix, string Type) now) =>
        now.Prefix is Outside or Begin or Single || before.Prefix is End or Single || before.Type != now.Type;

    private static (char Prefix, string Type)? Parse(string name)
    {
        if (name.Length == 0 || name.Length > 1 && name[1] != '-') return null;
        char prefix = name[0] switch { 'L' => End, 'U' => Single, var other => other };
        bool isPrefix = prefix is Begin or Inside or End or Single || prefix == Outside && name.Length == 1;
        return isPrefix ? (prefix, name.Length > 2 ? name[2..] : "") : null;
    }
}
