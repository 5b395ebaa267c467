using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>Computes the log-probabilities of given targets (forced decoding).</summary>
internal static class ForcedScores
{
    private const int RowsPerGroup = 64;

    /// <summary>Computes log P(symbol | source, symbols before it) for all symbols of each target and for its end.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="targets">The target symbols of each source, without boundaries.</param>
    /// <param name="cancellation">Cancels between two steps.</param>
    public static float[][] Compute(TranslationModel model, SourceSet sources, IReadOnlyList<int[]> targets, CancellationToken cancellation = default)
    {
        var result = new float[targets.Count][];
        int[][] groups =
        [
            .. Enumerable.Range(0, targets.Count).GroupBy(row => model.PartsOf(sources, row))
                .SelectMany(same => same.OrderBy(row => targets[row].Length).Chunk(RowsPerGroup)),
        ];
        InParallel.For(groups.Length, i =>
        {
            // Longest first, so that the rows that have ended are the last ones.
            int[] group = [.. Enumerable.Reverse(groups[i])];
            using INextSymbols decoder = model.Open(sources, group);
            foreach (int row in group) result[row] = new float[targets[row].Length + 1];
            float[] logProbabilities = new float[group.Length * decoder.Symbols];
            int count = group.Length;
            for (int t = 0; t <= targets[group[0]].Length; t++)
            {
                cancellation.ThrowIfCancellationRequested();
                int before = count;
                while (targets[group[count - 1]].Length < t) count--;
                if (count < before) decoder.Select([.. Enumerable.Range(0, count)]);
                int[] symbols = [.. group[..count].Select(row => t == 0 ? SymbolCodec.Boundary : targets[row][t - 1])];
                decoder.Read(symbols, logProbabilities.AsSpan(0, count * decoder.Symbols));
                for (int b = 0; b < count; b++)
                {
                    int[] target = targets[group[b]];
                    result[group[b]][t] = logProbabilities[b * decoder.Symbols + (t < target.Length ? target[t] : SymbolCodec.Boundary)];
                }
            }
        });
        return result;
    }
}
