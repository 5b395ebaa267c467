namespace MlNetRnn.Tags;

/// <summary>What the name of a tag contains: where in a span its step is, and the type of the span.</summary>
/// <param name="Letter">The mark as it is written.</param>
/// <param name="Place">What it stands for: one of the letters below.</param>
/// <param name="Type">The type of the span; "" for a tag that is a mark alone.</param>
/// <param name="IsPlain">Whether the tag is written as in IOBES and BILOU by the book: the mark in front, in upper case, with a hyphen behind it.</param>
internal readonly record struct TagMark(char Letter, char Place, string Type, bool IsPlain)
{
    /// <summary>The first step of a span, one in the middle, the last one, the only one, and a step of no span.</summary>
    public const char Begin = 'B', Inside = 'I', End = 'E', Single = 'S', Outside = 'O';

    /// <summary>The mark of a step outside all spans.</summary>
    public static readonly TagMark NoSpan = new(Outside, Outside, "", IsPlain: true);

    private const string PlainLetters = "BIOESLU";

    /// <summary>What stands between mark and type: B-PER, B_PER, B:PER, B/PER, B|PER.</summary>
    private const string Separators = "-_:/|";

    /// <summary>Whether the tag names a type and a place in a span.</summary>
    public bool IsTyped => Type.Length > 0;

    /// <summary>Reads a name with the mark in front (B-PER) or at the end (PER-B), in upper or lower case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="markIsLast">Whether the mark stands at the end.</param>
    /// <returns><see langword="null"/> for a name without a mark.</returns>
    public static TagMark? Parse(string name, bool markIsLast)
    {
        if (name.Length == 0) return null;
        if (name.Length == 1) return PlaceOf(name[0]) is { } bare ? new TagMark(name[0], bare, "", PlainLetters.Contains(name[0])) : null;
        (char mark, char separator) = markIsLast ? (name[^1], name[^2]) : (name[0], name[1]);
        if (!Separators.Contains(separator) || PlaceOf(mark) is not { } place || place == Outside) return null;
        return new TagMark(mark, place, markIsLast ? name[..^2] : name[2..], !markIsLast && separator == '-' && PlainLetters.Contains(mark));
    }

    /// <summary>The letters of IOB2 and IOBES; L and U as in BILOU; M and W as in BMES and BMEWO.</summary>
    private static char? PlaceOf(char letter) => char.ToUpperInvariant(letter) switch
    {
        'B' => Begin,
        'I' or 'M' => Inside,
        'E' or 'L' => End,
        'S' or 'U' or 'W' => Single,
        'O' => Outside,
        _ => null,
    };
}
