using MlNetRnn.Tags;

namespace MlNetRnn;

/// <summary>
/// A scheme by which tags mark spans: IOB1, IOB2 (B-PER, I-PER, O), IOBES, BILOU, BMES or BMEWO, also spelled b-per, B_PER or PER-B. The tagger, its evaluation
/// and its span columns use the same rules, which are those of conlleval (Tjong Kim Sang and Buchholz, 2000).
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <example>
/// <code>
/// RnnSpanScheme scheme = RnnSpanScheme.Of(["O", "B-LOC", "I-LOC"])!;
/// foreach (RnnSpan span in scheme.Spans(["O", "B-LOC", "I-LOC", "O"]))
///     Console.WriteLine($"{span.Type} from {span.Start} to {span.End}");          // LOC from 1 to 3
/// </code>
/// </example>
public sealed class RnnSpanScheme
{
    private readonly TagScheme _scheme;
    private readonly Dictionary<string, int> _numbers;

    private RnnSpanScheme(TagScheme scheme, IReadOnlyList<string> tags)
    {
        _scheme = scheme;
        _numbers = tags.Select((tag, number) => (tag, number)).ToDictionary(pair => pair.tag, pair => pair.number, StringComparer.Ordinal);
        StrayTags = [.. scheme.Strays.Select(stray => tags[stray])];
    }

    /// <summary>The tags that do not fit the scheme, such as the digit 0 in place of the letter O. They belong to no span.</summary>
    public IReadOnlyList<string> StrayTags { get; }

    /// <summary>Finds the scheme of a set of tags, such as the key values of a tagger's predicted label.</summary>
    /// <param name="tags">The tags.</param>
    /// <returns>The scheme; <see langword="null"/> if the tags do not mark spans, such as part-of-speech tags.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tags"/> is <see langword="null"/>.</exception>
    public static RnnSpanScheme? Of(IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        string[] distinct = [.. tags.Distinct(StringComparer.Ordinal)];
        return TagScheme.Of(distinct) is { } scheme ? new RnnSpanScheme(scheme, distinct) : null;
    }

    /// <summary>Returns the spans of a sequence in their order.</summary>
    /// <param name="tags">A tag for each step; <see langword="null"/> and tags that the scheme does not include belong to no span.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tags"/> is <see langword="null"/>.</exception>
    public IReadOnlyList<RnnSpan> Spans(IEnumerable<string?> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        int[] numbers = [.. tags.Select(tag => tag is not null && _numbers.TryGetValue(tag, out int number) ? number : -1)];
        return _scheme.Spans(numbers);
    }
}
