namespace MlNetRnn.Symbols;

/// <summary>Creates builders and codecs for each <see cref="RnnLanguageUnit"/>: an additional unit is a codec, a builder and one line here.</summary>
internal static class SymbolCodecs
{
    /// <summary>The part of a model file that holds the <see cref="SymbolSpec"/>.</summary>
    public const string SpecPart = "Symbols.json";

    private delegate SymbolCodec Loader(SymbolSpec spec, Func<string, byte[]> part);

    private static readonly Dictionary<RnnLanguageUnit, (Func<SymbolCodecBuilder> Builder, Loader Load)> ByUnit = new()
    {
        [RnnLanguageUnit.Character] = (() => new CharacterCodecBuilder(), (_, part) => CharacterCodec.Load(part)),
        [RnnLanguageUnit.Word] = (() => new TokenCodecBuilder(RnnLanguageUnit.Word), TokenCodec.Load),
        [RnnLanguageUnit.Whitespace] = (() => new TokenCodecBuilder(RnnLanguageUnit.Whitespace), TokenCodec.Load),
        [RnnLanguageUnit.Subword] = (() => new SubwordCodecBuilder(), (_, part) => SubwordCodec.Load(part)),
    };

    /// <summary>Creates a builder of a codec for texts.</summary>
    public static SymbolCodecBuilder CreateBuilder(RnnLanguageUnit unit) => ByUnit[unit].Builder();

    /// <summary>Creates a builder of a codec for columns that already hold units. Its texts are the units with a blank between them.</summary>
    public static TokenCodecBuilder CreateTokenBuilder() => new(RnnLanguageUnit.Whitespace);

    /// <summary>Returns the minimum number of occurrences of a unit if the options do not state it.</summary>
    public static int DefaultMinimumCount(RnnLanguageUnit unit) => unit == RnnLanguageUnit.Character ? 1 : 2;

    /// <summary>Returns the maximum number of units if the options do not state it.</summary>
    public static int DefaultMaximumSize(RnnLanguageUnit unit) => unit == RnnLanguageUnit.Subword ? 4096 : 50_000;

    /// <summary>Creates a codec from the parts of a model file.</summary>
    /// <param name="part">Returns the content of a part.</param>
    /// <exception cref="FormatException">A part has invalid content.</exception>
    public static SymbolCodec Load(Func<string, byte[]> part)
    {
        SymbolSpec spec = SymbolSpec.FromJson(part(SpecPart));
        return ByUnit.TryGetValue(spec.Unit, out var unit)
            ? unit.Load(spec, part)
            : throw new FormatException(
                $"Symbols: expected one of {string.Join(", ", ByUnit.Keys)}, got {spec.Unit}. The model file is damaged or of a later version.");
    }

    /// <summary>Returns the first difference of the symbols of two models; null if they are the same.</summary>
    public static string? Difference(SymbolCodec a, SymbolCodec b)
    {
        if (a.Unit != b.Unit) return $"units {a.Unit} and {b.Unit}";
        if (a.Count != b.Count) return $"{a.Count} and {b.Count} symbols";
        for (int symbol = 0; symbol < a.Count; symbol++)
            if (a.TextOf(symbol) != b.TextOf(symbol)) return $"'{a.TextOf(symbol)}' and '{b.TextOf(symbol)}' as symbol {symbol}";
        bool isSame = a.Save().Zip(b.Save()).All(pair => pair.First.Name == pair.Second.Name && pair.First.Content.AsSpan().SequenceEqual(pair.Second.Content));
        return isSame ? null : "the same symbols with different rules";
    }
}
