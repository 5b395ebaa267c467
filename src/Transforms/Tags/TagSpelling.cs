namespace MlNetRnn.Tags;

/// <summary>
/// Decides whether tags are meant to mark spans. Single letters and short prefixes may mean anything: sizes (S, M, L), positions in a membrane (I, O, M),
/// vowels, parts (l_hand). Therefore the letters must belong to one scheme, and B, or both I and O, must be among them.
/// </summary>
internal static class TagSpelling
{
    /// <summary>The letters of IOBES (those of IOB2 are among them), BILOU, BMES, BMEWO and BIEWO.</summary>
    private static readonly string[] Alphabets = ["BIOES", "BIOLU", "BMEOS", "BMEOW", "BIOEW"];

    /// <summary>Returns whether tags mark spans.</summary>
    /// <param name="marks">The parts of each tag; null for a tag without a mark.</param>
    public static bool MarksSpans(IReadOnlyList<TagMark?> marks)
    {
        TagMark[] found = [.. marks.OfType<TagMark>()];
        int strays = marks.Count - found.Length, typed = found.Count(mark => mark.IsTyped);
        int bare = found.Count(mark => !mark.IsTyped && mark.Place != TagMark.Outside);
        if (strays == 0 && found.All(mark => mark.IsPlain)) return typed > 0 || found.Any(mark => mark.Place is TagMark.Begin or TagMark.Inside);
        bool Has(char place) => found.Any(mark => mark.Place == place);
        bool hasOutside = Has(TagMark.Outside), hasBegin = Has(TagMark.Begin);
        if (!BelongTogether(found) || !(hasBegin || Has(TagMark.Inside) && hasOutside)) return false;
        bool hasPair = found.GroupBy(mark => mark.Type)
            .Any(type => type.Any(mark => mark.Place is TagMark.Begin or TagMark.Inside) && type.Select(mark => mark.Place).Distinct().Count() > 1);
        // Another word for O among tags that only begin spans.
        bool isOneWordForOutside = strays == 1 && typed > 1 && found.All(mark => mark is { IsPlain: true, IsTyped: true, Place: TagMark.Begin });
        return typed > 0
            ? (hasOutside || hasPair || isOneWordForOutside) && strays <= typed
            : hasPair && (strays == 0 || hasOutside && hasBegin && strays < bare);
    }

    /// <summary>Returns whether all letters have the same case and belong to one scheme.</summary>
    private static bool BelongTogether(TagMark[] marks) =>
        (marks.All(mark => char.IsUpper(mark.Letter)) || marks.All(mark => char.IsLower(mark.Letter)))
        && Alphabets.Any(alphabet => marks.All(mark => alphabet.Contains(char.ToUpperInvariant(mark.Letter))));
}
