using System.Text;
using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Symbols;

/// <summary>Symbols for Unicode code points. U+FFFD and halves of surrogate pairs are the unknown symbol, whose text is U+FFFD.</summary>
internal sealed class CharacterCodec : SymbolCodec
{
    private const string UnitsPart = "Vocabulary.json";

    private readonly Vocabulary _characters;
    private readonly int[] _frequent = new int[0x800];       // the symbols of alphabets, without a search
    private readonly Dictionary<int, int> _symbols = [];

    /// <param name="characters">The characters in the order of their symbols.</param>
    /// <exception cref="FormatException">A word of the vocabulary is not a character.</exception>
    public CharacterCodec(Vocabulary characters)
    {
        _characters = characters;
        Array.Fill(_frequent, Unknown);
        for (int i = 0; i < characters.Words.Count; i++)
        {
            string character = characters.Words[i];
            int length = TextRunes.Length(character, out Rune rune);
            if (length == 0 || length != character.Length || rune == Rune.ReplacementChar)
                throw new FormatException($"Symbols: expected a list of characters, got '{character}'. The model file is damaged.");
            if (rune.Value < _frequent.Length) _frequent[rune.Value] = i + FirstUnit;
            else _symbols.Add(rune.Value, i + FirstUnit);
        }
    }

    public override RnnLanguageUnit Unit => RnnLanguageUnit.Character;

    public override int Count => _characters.Words.Count + FirstUnit;

    public override void Encode(ReadOnlySpan<char> text, List<int> symbols)
    {
        for (int at = 0; at < text.Length;)
        {
            at += TextRunes.Length(text[at..], out Rune rune);
            symbols.Add(SymbolOf(rune));
        }
    }

    public override int IndexOf(ReadOnlySpan<char> token) =>
        token.Length > 0 && TextRunes.Length(token, out Rune rune) == token.Length ? SymbolOf(rune) : Unknown;

    public override string TextOf(int symbol)
    {
        Require(symbol);
        return symbol switch { Boundary => "", Unknown => UnknownCharacter, _ => _characters.Words[symbol - FirstUnit] };
    }

    public override SymbolDecoder OpenDecoder() => new Concatenation(this);

    protected override (string, byte[]) SaveUnits() => (UnitsPart, _characters.ToJson());

    public static CharacterCodec Load(Func<string, byte[]> part) => new(Vocabulary.FromJson(part(UnitsPart)));

    private int SymbolOf(Rune rune) => rune.Value < _frequent.Length ? _frequent[rune.Value] : _symbols.GetValueOrDefault(rune.Value, Unknown);

    private sealed class Concatenation(CharacterCodec codec) : SymbolDecoder
    {
        public override void Append(int symbol, StringBuilder text) => text.Append(codec.TextOf(symbol));
    }
}
