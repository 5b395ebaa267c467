using System.Globalization;

namespace MlNetRnn.Corpora;

/// <summary>The first column of a line of CoNLL-U: the number of a word (3), a multiword token (3-4), or an empty node (5.1).</summary>
/// <param name="IsWord">Whether the line is a word.</param>
/// <param name="WordsBefore">The number of words of the sentence before the line.</param>
internal readonly record struct ConlluId(bool IsWord, int WordsBefore)
{
    public static ConlluId? Parse(ReadOnlySpan<char> id)
    {
        int mark = id.IndexOfAny('-', '.');
        if (mark < 0) return Number(id) is > 0 and var word ? new ConlluId(true, word - 1) : null;
        if (Number(id[..mark]) is not { } first || Number(id[(mark + 1)..]) is not { } second) return null;
        if (id[mark] == '.') return second > 0 ? new ConlluId(false, first) : null;
        return first > 0 && second >= first ? new ConlluId(false, first - 1) : null;
    }

    // A writer would not reproduce leading zeros.
    private static int? Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && (digits.Length == 1 || digits[0] != '0') ? number : null;
}
