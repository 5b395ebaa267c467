namespace MlNetRnn.Samples.Serving;

/// <summary>Spans from tags that mark them: IOB2 and IOBES (also IOB1 and BILOU), as conlleval finds them (Tjong Kim Sang and Buchholz, 2000).</summary>
/// <param name="all">All tags that a model has. Where one of them marks no span, as parts of speech do not, there are none.</param>
internal sealed class SpanScheme(IReadOnlyList<string> all)
{
    private const char Outside = 'O', Begin = 'B', Inside = 'I', End = 'E', Single = 'S';

    // Letters alone may be anything: grades, sizes. Only B and I are taken for marks.
    private readonly bool _marksSpans = all.All(tag => Parse(tag) is not null)
        && all.Any(tag => Parse(tag) is var (prefix, type) && (type.Length > 0 ? prefix != Outside : prefix is Begin or Inside));

    /// <summary>The spans in their order: first token, how many, and type.</summary>
    /// <param name="tags">A tag for each token; one without is outside.</param>
    public IEnumerable<(int First, int Count, string Type)> Spans(IReadOnlyList<string?> tags)
    {
        if (!_marksSpans) yield break;
        int start = -1;
        (char Prefix, string Type) before = (Outside, "");
        for (int t = 0; t <= tags.Count; t++)
        {
            (char Prefix, string Type) now = t < tags.Count && tags[t] is { } tag ? Parse(tag) ?? (Outside, "") : (Outside, "");
            if (start >= 0 && IsOver(before, now))
            {
                yield return (start, t - start, before.Type);
                start = -1;
            }
            if (start < 0 && now.Prefix != Outside) start = t;
            before = now;
        }
    }

    private static bool IsOver((char Prefix, string Type) before, (char Prefix, string Type) now) =>
        now.Prefix is Outside or Begin or Single || before.Prefix is End or Single || before.Type != now.Type;

    /// <returns><see langword="null"/> for a tag of another kind.</returns>
    private static (char Prefix, string Type)? Parse(string tag)
    {
        if (tag.Length == 0 || tag.Length > 1 && tag[1] != '-') return null;
        char prefix = tag[0] switch { 'L' => End, 'U' => Single, var other => other };
        bool isPrefix = prefix is Begin or Inside or End or Single || prefix == Outside && tag.Length == 1;
        return isPrefix ? (prefix, tag.Length > 2 ? tag[2..] : "") : null;
    }
}
