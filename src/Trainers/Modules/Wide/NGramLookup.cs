using MlNetRnn.Networks;
using MlNetRnn.Onnx;

namespace MlNetRnn.Modules;

/// <summary>The lookup of n-grams in a graph: <see cref="NGramTable.PlaceOf"/> in operators, for all steps of all rows at once.</summary>
internal static class NGramLookup
{
    /// <summary>Writes the lookup to a graph.</summary>
    /// <returns>For each length from 1, the numbers of the n-grams that begin at each step, [B,T]; 0, the number of the padding, where there is none.</returns>
    public static string[] Export(OnnxGraph graph, NGramSet ngrams)
    {
        int longer = ngrams.Tables.Count;
        var numbers = new string[1 + longer];
        numbers[0] = NetworkSignature.Tokens;
        if (longer == 0) return numbers;
        string padded = graph.Node("Pad", [NetworkSignature.Tokens, graph.Constant([0, 0, 0, longer], 4)]);         // [B,T+N−1]
        for (int i = 0; i < longer; i++)
        {
            // The end is counted from the last step, except for the last table, which reads to it.
            long end = i + 1 == longer ? int.MaxValue : i + 1 - longer;
            string last = graph.Node("Slice", [padded, graph.Constant([i + 1], 1), graph.Constant([end], 1), graph.Constant([1], 1)]);      // [B,T]
            numbers[i + 1] = Next(graph, ngrams, i, numbers[i], last);
        }
        return numbers;
    }

    /// <summary>Returns the n-grams of a graph that training continues from.</summary>
    /// <param name="integers">The integers in the graph by name.</param>
    /// <param name="tokens">The number of token numbers of its model.</param>
    public static NGramSet Read(IReadOnlyDictionary<string, long[]> integers, int tokens)
    {
        var tables = new List<NGramTable>();
        while (integers.TryGetValue(Keys(tables.Count), out long[]? keys)) tables.Add(new NGramTable(keys, integers[Displacements(tables.Count)]));
        return new NGramSet(tokens, tables);
    }

    private static string Keys(int table) => FormattableString.Invariant($"wide.keys.{table + 2}");

    private static string Displacements(int table) => FormattableString.Invariant($"wide.displacements.{table + 2}");

    /// <summary>Writes <see cref="NGramSet.Next"/>.</summary>
    private static string Next(OnnxGraph graph, NGramSet ngrams, int index, string number, string token)
    {
        NGramTable table = ngrams.Tables[index];
        string buckets = graph.Constant([table.Displacements.Length]);
        string key = graph.Node("Add", [graph.Node("Mul", [number, graph.Constant([NGramSet.KeyBase])]), token]);
        string displacements = graph.Integers(Displacements(index), table.Displacements, table.Displacements.Length);
        string displacement = graph.Node("Gather", [displacements, graph.Node("Mod", [key, buckets])], ("axis", 0L));
        string shifted = graph.Node("Add", [graph.Node("Div", [key, buckets]), displacement]);
        string place = graph.Node("Mod", [shifted, graph.Constant([table.Keys.Length])]);
        string keys = graph.Integers(Keys(index), table.Keys, table.Keys.Length);
        string found = graph.Node("Equal", [graph.Node("Gather", [keys, place], ("axis", 0L)), key]);
        return graph.Node("Where", [found, graph.Node("Add", [place, graph.Constant([ngrams.First[index]])]), graph.Constant([0])]);
    }
}
