using System.Runtime.InteropServices;
using System.Text;
using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Symbols;

/// <summary>A builder of a <see cref="CharacterCodec"/>. Unicode has about a million code points, which bounds the memory.</summary>
internal sealed class CharacterCodecBuilder : SymbolCodecBuilder
{
    private readonly Dictionary<int, long> _counts = [];

    public override void AddText(ReadOnlySpan<char> text)
    {
        for (int at = 0; at < text.Length;)
        {
            at += TextRunes.Length(text[at..], out Rune rune);
            if (rune != Rune.ReplacementChar) CollectionsMarshal.GetValueRefOrAddDefault(_counts, rune.Value, out _)++;
        }
    }

    public override SymbolCodec Build(int minimumCount, int maximumSize, Action? check = null) => new CharacterCodec(new Vocabulary(_counts
        .Where(entry => entry.Value >= minimumCount)
        .Select(entry => (Text: new Rune(entry.Key).ToString(), Count: entry.Value))
        .OrderByDescending(entry => entry.Count)
        .ThenBy(entry => entry.Text, StringComparer.Ordinal)
        .Take(maximumSize)
        .Select(entry => entry.Text)));
}
