using System.Text;
using MlNetRnn.Sequences;

namespace MlNetRnn.Symbols;

/// <summary>
/// The symbols of a language model, and the conversion between texts and symbols. The symbols are the integers from 0 to <see cref="Count"/> - 1: the
/// boundary, the unknown symbol, then the units of the vocabulary. Immutable and thread-safe.
/// </summary>
internal abstract class SymbolCodec : ITokenIndex
{
    /// <summary>The symbol of the beginning and the end of a document. It has no text.</summary>
    public const int Boundary = 0;

    /// <summary>The symbol of a unit that the vocabulary does not include.</summary>
    public const int Unknown = 1;

    /// <summary>The symbol of the first unit of the vocabulary.</summary>
    public const int FirstUnit = 2;

    /// <summary>The text of <see cref="Unknown"/> where units are characters: U+FFFD.</summary>
    public const string UnknownCharacter = "\uFFFD";

    /// <summary>The text of <see cref="Unknown"/> where units are words.</summary>
    public const string UnknownWord = "<unk>";

    /// <summary>The unit of the symbols.</summary>
    public abstract RnnLanguageUnit Unit { get; }

    /// <summary>V, the number of symbols, including the boundary and the unknown symbol.</summary>
    public abstract int Count { get; }

    /// <summary>Appends the symbols of a text, without boundaries.</summary>
    public abstract void Encode(ReadOnlySpan<char> text, List<int> symbols);

    /// <summary>Appends the symbols of a text and the text of each of them; that of an unknown word is the word itself.</summary>
    public virtual void Encode(ReadOnlySpan<char> text, List<int> symbols, List<string> texts)
    {
        int first = symbols.Count;
        Encode(text, symbols);
        for (int i = first; i < symbols.Count; i++) texts.Add(TextOf(symbols[i]));
    }

    /// <summary>
    /// Returns the symbol of a unit, for columns that hold units and not texts; <see cref="Unknown"/> for a unit that is not in the vocabulary.
    /// </summary>
    public abstract int IndexOf(ReadOnlySpan<char> token);

    /// <summary>Returns the text of a symbol; an empty text for the boundary. A subword may end within a character, which is U+FFFD here.</summary>
    public abstract string TextOf(int symbol);

    /// <summary>Creates a decoder, which converts symbols to text one after another.</summary>
    public abstract SymbolDecoder OpenDecoder();

    /// <summary>Returns the named parts of a model file that hold the vocabulary.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Save() => [(SymbolCodecs.SpecPart, Spec.ToJson()), SaveUnits()];

    /// <summary>Returns the text of symbols.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A symbol is not one of this model.</exception>
    public string Decode(ReadOnlySpan<int> symbols)
    {
        var text = new StringBuilder();
        SymbolDecoder decoder = OpenDecoder();
        foreach (int symbol in symbols) decoder.Append(symbol, text);
        decoder.Flush(text);
        return text.ToString();
    }

    /// <summary>Joins texts of symbols, some of which may not be in the vocabulary.</summary>
    public virtual string Join(IEnumerable<string> texts) => string.Concat(texts);

    protected virtual SymbolSpec Spec => new(Unit);

    protected abstract (string Name, byte[] Content) SaveUnits();

    /// <summary>Throws if a number is not a symbol of this model.</summary>
    protected void Require(int symbol)
    {
        if ((uint)symbol >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(symbol), symbol, $"Symbol: expected a number from 0 to {Count - 1}, got {symbol}. Use symbols that this model returned.");
        }
    }
}
