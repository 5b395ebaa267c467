using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Symbols;

/// <summary>
/// Symbols for words or for the tokens between white space. A token "&lt;unk&gt;" is the unknown symbol, because that is the text of this symbol. Halves of
/// surrogate pairs count as U+FFFD (<see cref="TokenForm"/>).
/// </summary>
internal sealed class TokenCodec : SymbolCodec
{
    private const string UnitsPart = "Vocabulary.json";

    private readonly Vocabulary _words;
    private readonly Tokenizer _tokenizer;

    /// <param name="words">The tokens in the order of their symbols.</param>
    /// <param name="spec">The unit, and the version of the rules for words.</param>
    /// <exception cref="FormatException">The version of the rules is unknown, or the unknown word is in the vocabulary.</exception>
    public TokenCodec(Vocabulary words, SymbolSpec spec)
    {
        if (words.IndexOf(UnknownWord) != SpecialTokens.Unknown)
            throw new FormatException($"Symbols: expected a list of words without '{UnknownWord}', which is the unknown word. The model file is damaged.");
        _words = words;
        _tokenizer = TokenizerOf(spec);
        Spec = spec;
    }

    public override RnnLanguageUnit Unit => Spec.Unit;

    public override int Count => _words.Words.Count + FirstUnit;

    protected override SymbolSpec Spec { get; }

    public override void Encode(ReadOnlySpan<char> text, List<int> symbols) => _tokenizer(text, (token, _, _) => symbols.Add(IndexOf(token)));

    public override void Encode(ReadOnlySpan<char> text, List<int> symbols, List<string> texts) => _tokenizer(text, (token, _, _) =>
    {
        symbols.Add(IndexOf(token));
        texts.Add(token.ToString());
    });

    public override int IndexOf(ReadOnlySpan<char> token) =>
        _words.IndexOf(token.ContainsAnyInRange('\uD800', '\uDFFF') ? new TokenForm(lowerCase: false).Of(token) : token);

    public override string TextOf(int symbol)
    {
        Require(symbol);
        return symbol switch { Boundary => "", Unknown => UnknownWord, _ => _words.Words[symbol - FirstUnit] };
    }

    public override SymbolDecoder OpenDecoder() => new TokenDecoder(this);

    public override string Join(IEnumerable<string> texts)
    {
        if (Unit != RnnLanguageUnit.Word) return string.Join(' ', texts);
        var spacing = new WordSpacing();
        return string.Concat(texts.Select(text => spacing.NeedsBlankBefore(text) ? " " + text : text));
    }

    protected override (string, byte[]) SaveUnits() => (UnitsPart, _words.ToJson());

    public static SymbolCodec Load(SymbolSpec spec, Func<string, byte[]> part) => new TokenCodec(Vocabulary.FromJson(part(UnitsPart)), spec);

    /// <summary>Returns the tokenizer of a unit.</summary>
    /// <exception cref="FormatException">The version of the rules is unknown.</exception>
    public static Tokenizer TokenizerOf(SymbolSpec spec) => spec.Unit == RnnLanguageUnit.Word
        ? Tokenizers.Get(RnnTokenization.Word, spec.WordRules)
        : Tokenizers.Get(RnnTokenization.Whitespace);
}
