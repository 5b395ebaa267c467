using MlNetRnn.Symbols;

namespace MlNetRnn.Transforms.Tests.Symbols;

/// <summary>Codecs that the tests of this folder share.</summary>
internal static class SymbolCases
{
    public static SymbolCodec Learn(RnnLanguageUnit unit, IEnumerable<string> rows, int minimumCount = 1, int maximumSize = int.MaxValue)
    {
        SymbolCodecBuilder builder = SymbolCodecs.CreateBuilder(unit);
        foreach (string row in rows) builder.AddText(row);
        return builder.Build(minimumCount, maximumSize);
    }

    public static int[] Encode(this SymbolCodec codec, string text)
    {
        var symbols = new List<int>();
        codec.Encode(text, symbols);
        return [.. symbols];
    }

    public static string[] Units(this SymbolCodec codec) =>
        [.. Enumerable.Range(SymbolCodec.FirstUnit, codec.Count - SymbolCodec.FirstUnit).Select(codec.TextOf)];

    public static SymbolCodec SaveAndLoad(this SymbolCodec codec)
    {
        Dictionary<string, byte[]> parts = codec.Save().ToDictionary(part => part.Name, part => part.Content);
        return SymbolCodecs.Load(name => parts[name]);
    }
}
