using System.Text;

namespace MlNetRnn.Sequences;

/// <summary>Turns spellings into numbers of characters. Immutable, hence shared by all threads.</summary>
/// <param name="characters">The characters that the model knows, in upper and lower case.</param>
internal sealed class CharacterIndex(Vocabulary characters)
{
    /// <summary>Longer tokens are known by their beginning and their end, half of it each: what tells most of a word.</summary>
    public const int MaximumLength = 32;

    /// <summary>The characters that the model knows.</summary>
    public Vocabulary Characters => characters;

    /// <summary>The numbers of a token's characters; of the empty one that of an unknown character.</summary>
    public int[] NumbersOf(string spelling)
    {
        if (spelling.Length == 0) return [SpecialTokens.Unknown];
        var numbers = new List<int>(spelling.Length);
        Span<char> character = stackalloc char[2];
        foreach (Rune rune in spelling.EnumerateRunes()) numbers.Add(characters.IndexOf(character[..rune.EncodeToUtf16(character)]));
        if (numbers.Count > MaximumLength) numbers.RemoveRange(MaximumLength / 2, numbers.Count - MaximumLength);
        return [.. numbers];
    }

    /// <summary>The characters of some spellings, from frequent to rare; ties are broken by ordinal order.</summary>
    /// <param name="spellings">The spellings.</param>
    /// <param name="known">Characters that come first, in their order; null for none.</param>
    public static CharacterIndex Learn(IEnumerable<string> spellings, CharacterIndex? known)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string spelling in spellings)
            foreach (Rune rune in spelling.EnumerateRunes())
                counts[rune.ToString()] = counts.GetValueOrDefault(rune.ToString()) + 1;
        IReadOnlyList<string> first = known?.Characters.Words ?? [];
        IEnumerable<string> added = counts.Keys.Except(first).OrderByDescending(character => counts[character]).ThenBy(character => character, StringComparer.Ordinal);
        return new CharacterIndex(new Vocabulary(first.Concat(added)));
    }
}
