namespace MlNetRnn.Tags;

/// <summary>The parts of a tag name: the position of the step in a span, and the type of the span.</summary>
/// <param name="Letter">The mark as it is spelled.</param>
/// <param name="Place">The meaning of the mark: one of the letters below.</param>
/// <param name="Type">The type of the span; empty for a tag without a type.</param>
/// <param name="IsPlain">Whether the tag has the standard spelling of IOBES and BILOU: an uppercase mark in front, followed by a hyphen.</param>
internal readonly record struct TagMark(char Letter, char Place, string Type, bool IsPlain)
{
    /// <summary>The first step of a span, a step in the middle, the last step, the only step, and a step outside all spans.</summary>
    public const char Begin = 'B', Inside = 'I', End = 'E', Single = 'S', Outside = 'O';

    /// <summary>The mark of a step outside all spans.</summary>
    public static readonly TagMark NoSpan = new(Outside, Outside, "", IsPlain: true);

    private const string PlainLetters = "BIOESLU";

    /// <summary>The separators of mark and type: B-PER, B_PER, B:PER, B/PER, B|PER.</summary>
    private const string Separators = "-_:/|";

    /// <summary>Whether the tag has a type.</summary>
    public bool IsTyped => Type.Length > 0;

    /// <summary>Parses a name with the mark in front (B-PER) or at the end (PER-B), in uppercase or lowercase.</summary>
    /// <param name="name">The name.</param>
    /// <param name="markIsLast">Whether the mark is at the end.</param>
    /// <returns>The parts; <see langword="null"/> for a name without a mark.</returns>
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
