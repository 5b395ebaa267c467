using System.Globalization;
using System.Text;

namespace MlNetRnn.Evaluation;

/// <summary>
/// The letters of some texts as symbols, for n-gram models of words. Letters are read in lower case, with the marks that belong to them; everything else
/// separates words. Immutable.
/// </summary>
internal sealed class LanguageLetters
{
    private const int Boundary = 0, Unknown = 1, FirstLetter = 2;

    private readonly Dictionary<Rune, int> _numbers = [];

    /// <param name="texts">The texts whose letters become symbols. Other letters are read as the unknown symbol.</param>
    public LanguageLetters(IEnumerable<string> texts)
    {
        foreach (string text in texts)
            foreach (Rune rune in text.EnumerateRunes())
                if (IsLetter(rune)) _numbers.TryAdd(Rune.ToLowerInvariant(rune), FirstLetter + _numbers.Count);
    }

    /// <summary>The number of symbols: the boundary, the unknown symbol and the letters.</summary>
    public int Count => FirstLetter + _numbers.Count;

    /// <summary>Returns whether a text contains a letter.</summary>
    public static bool Occur(string text) => text.EnumerateRunes().Any(IsLetter);

    /// <summary>Returns the letters of a text, with a boundary after each word; nothing for a text without letters.</summary>
    public int[] Of(string text)
    {
        var symbols = new List<int>();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsLetter(rune)) symbols.Add(_numbers.GetValueOrDefault(Rune.ToLowerInvariant(rune), Unknown));
            else if (symbols is [.., not Boundary]) symbols.Add(Boundary);
        }
        if (symbols is [.., not Boundary]) symbols.Add(Boundary);
        return [.. symbols];
    }

    private static bool IsLetter(Rune rune) =>
        Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
