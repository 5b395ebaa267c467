using System.Text;

namespace MlNetRnn.Sequences;

/// <summary>Converts spellings to the numbers of their characters. Immutable and thread-safe.</summary>
/// <param name="characters">The characters in the vocabulary of the model; case matters.</param>
internal sealed class CharacterIndex(Vocabulary characters)
{
    /// <summary>
    /// The maximum number of characters. Of longer tokens, the first and the last half of this number are used: they are the most informative.
    /// </summary>
    public const int MaximumLength = 32;

    /// <summary>The characters in the vocabulary of the model.</summary>
    public Vocabulary Characters => characters;

    /// <summary>Returns the numbers of the characters of a token; for an empty token, the number of an unknown character.</summary>
    public int[] NumbersOf(string spelling)
    {
        if (spelling.Length == 0) return [SpecialTokens.Unknown];
        var numbers = new List<int>(spelling.Length);
        Span<char> character = stackalloc char[2];
        foreach (Rune rune in spelling.EnumerateRunes()) numbers.Add(characters.IndexOf(character[..rune.EncodeToUtf16(character)]));
        if (numbers.Count > MaximumLength) numbers.RemoveRange(MaximumLength / 2, numbers.Count - MaximumLength);
        return [.. numbers];
    }

    /// <summary>Creates an index of the characters in spellings, from frequent to rare; ties are broken by ordinal order.</summary>
    /// <param name="spellings">The spellings.</param>
    /// <param name="known">The characters of an existing model, which come first in their order; null for none.</param>
    public static CharacterIndex Learn(IEnumerable<string> spellings, CharacterIndex? known)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string spelling in spellings)
            foreach (Rune rune in spelling.EnumerateRunes())
                counts[rune.ToString()] = counts.GetValueOrDefault(rune.ToString()) + 1;
        IReadOnlyList<string> first = known?.Characters.Words ?? [];
        IEnumerable<string> added = counts.Keys.Except(first)
            .OrderByDescending(character => counts[character]).ThenBy(character => character, StringComparer.Ordinal);
        return new CharacterIndex(new Vocabulary(first.Concat(added)));
    }
}
