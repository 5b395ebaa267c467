namespace MlNetRnn.Tags;

/// <summary>
/// Whether tags are meant to mark spans. Single letters and short prefixes may be anything: sizes (S, M, L), places in a membrane (I, O, M), vowels, parts
/// (l_hand). So the letters must belong together, and B, or I beside O, must be among them.
/// </summary>
internal static class TagSpelling
{
    /// <summary>The letters of IOBES (those of IOB2 are among them), BILOU, BMES, BMEWO and BIEWO.</summary>
    private static readonly string[] Alphabets = ["BIOES", "BIOLU", "BMEOS", "BMEOW", "BIOEW"];

    /// <param name="marks">What the tags contain; null for a tag that is no mark.</param>
    public static bool MarksSpans(IReadOnlyList<TagMark?> marks)
    {
        TagMark[] found = [.. marks.OfType<TagMark>()];
        int strays = marks.Count - found.Length, typed = found.Count(mark => mark.IsTyped), bare = found.Count(mark => !mark.IsTyped && mark.Place != TagMark.Outside);
        if (strays == 0 && found.All(mark => mark.IsPlain)) return typed > 0 || found.Any(mark => mark.Place is TagMark.Begin or TagMark.Inside);
        bool hasOutside = found.Any(mark => mark.Place == TagMark.Outside), hasBegin = found.Any(mark => mark.Place == TagMark.Begin), hasInside = found.Any(mark => mark.Place == TagMark.Inside);
        if (!BelongTogether(found) || !(hasBegin || hasInside && hasOutside)) return false;
        bool hasPair = found.GroupBy(mark => mark.Type).Any(type => type.Any(mark => mark.Place is TagMark.Begin or TagMark.Inside) && type.Select(mark => mark.Place).Distinct().Count() > 1);
        // Another word for O beside tags that only begin spans.
        bool isOneWordForOutside = strays == 1 && typed > 1 && found.All(mark => mark is { IsPlain: true, IsTyped: true, Place: TagMark.Begin });
        return typed > 0
            ? (hasOutside || hasPair || isOneWordForOutside) && strays <= typed
            : hasPair && (strays == 0 || hasOutside && hasBegin && strays < bare);
    }

    /// <summary>All letters in the same case, and of one scheme.</summary>
    private static bool BelongTogether(TagMark[] marks) =>
        (marks.All(mark => char.IsUpper(mark.Letter)) || marks.All(mark => char.IsLower(mark.Letter)))
        && Alphabets.Any(alphabet => marks.All(mark => alphabet.Contains(char.ToUpperInvariant(mark.Letter))));
}
