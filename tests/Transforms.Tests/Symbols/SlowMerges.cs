using MlNetRnn.Symbols;

namespace MlNetRnn.Transforms.Tests.Symbols;

/// <summary>Byte-pair encoding as the paper describes it: every pair is counted again for each merge.</summary>
internal static class SlowMerges
{
    public static IReadOnlyList<int[]> Learn(IEnumerable<string> texts, int maximum, int minimumCount)
    {
        List<List<int>> pieces = [];
        foreach (string text in texts)
            for (int at = 0, length; at < text.Length; at += length) pieces.Add(Bytes(text.Substring(at, length = SubwordPieces.NextLength(text.AsSpan(at)))));
        List<int[]> merges = [];
        while (merges.Count < maximum)
        {
            var best = pieces.SelectMany(piece => piece.Zip(piece.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault();
            if (best is null || best.Count() < minimumCount) break;
            merges.Add([best.Key.First, best.Key.Second]);
            foreach (List<int> piece in pieces) Merge(piece, merges[^1], SubwordMerges.FirstMerge + merges.Count - 1);
        }
        return merges;
    }

    public static List<int> Encode(string piece, IReadOnlyList<int[]> merges)
    {
        List<int> symbols = Bytes(piece);
        for (int i = 0; i < merges.Count; i++) Merge(symbols, merges[i], SubwordMerges.FirstMerge + i);
        return symbols;
    }

    private static void Merge(List<int> symbols, int[] pair, int merged)
    {
        for (int i = 0; i + 1 < symbols.Count; i++)
        {
            if (symbols[i] != pair[0] || symbols[i + 1] != pair[1]) continue;
            symbols[i] = merged;
            symbols.RemoveAt(i + 1);
        }
    }

    private static List<int> Bytes(string piece)
    {
        var bytes = new byte[piece.Length * Wtf8.MaximumBytes];
        return [.. bytes.Take(Wtf8.Encode(piece, bytes)).Select(SubwordMerges.SymbolOf)];
    }
}
