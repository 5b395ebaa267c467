using MlNetRnn.Decoding;
using MlNetRnn.Kernels;

namespace MlNetRnn.Translation;

/// <summary>
/// Finds translations of many sources. Sources of similar length are searched together, so that a step reads the weights once for all of them; groups of
/// sources run on all cores. Thread-safe.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">The options.</param>
internal sealed class TranslationSearch(TranslationModel model, RnnTranslationDecodingOptions options)
{
    /// <summary>The number of rows of the decoder in a group, unless a single beam has more.</summary>
    private const int RowsPerGroup = 80;

    /// <summary>The largest number of sources in a group.</summary>
    private int MostSources => Math.Max(1, RowsPerGroup / Math.Max(1, options.BeamWidth));

    /// <summary>Finds the translations of each source, the best first.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="check">Called before each step, on the thread that runs it; throws to cancel. Null for no cancellation.</param>
    /// <param name="threads">The maximum number of groups that are searched at once; -1 for no limit.</param>
    /// <param name="stream">Returns which of the random streams of the seed a source uses; null for its number.</param>
    public FoundTranslation[][] Find(SourceSet sources, Action? check = null, int threads = -1, Func<int, long>? stream = null)
    {
        int[][] groups =
        [
            .. Enumerable.Range(0, sources.Count).GroupBy(row => model.PartsOf(sources, row)).SelectMany(same => Cut(sources, [.. same], threads)),
        ];
        RnnGenerationOptions symbols = options.OfSymbols with { Seed = options.Seed ?? Random.Shared.Next() };
        var result = new FoundTranslation[sources.Count][];
        InParallel.For(
            groups.Length,
            i =>
            {
                int[] group = groups[i];
                int[] limits = Array.ConvertAll(group, row => options.MaximumLengthOf(sources.Length(row)));
                using INextSymbols decoder = model.Open(sources, group);
                IReadOnlyList<GeneratedSequence>[] found = options.BeamWidth > 0
                    ? new BeamGroup(decoder, symbols, limits).Find(check)
                    : new SampledGroup(decoder, symbols, limits, Array.ConvertAll(group, row => stream?.Invoke(row) ?? row)).Find(check);
                FoundTranslation[][] complete = Complete(sources, group, found);
                for (int row = 0; row < group.Length; row++) result[group[row]] = complete[row];
            },
            threads);
        return result;
    }

    /// <summary>Cuts rows into groups of similar length, so that all threads have work.</summary>
    private IEnumerable<int[]> Cut(SourceSet sources, int[] rows, int threads)
    {
        int cores = threads < 0 ? Environment.ProcessorCount : threads;
        int groups = (rows.Length + MostSources - 1) / MostSources, rounds = (groups + cores - 1) / cores;
        int size = (rows.Length + rounds * cores - 1) / (rounds * cores);
        return rows.OrderBy(sources.Length).Chunk(size);
    }

    /// <summary>Ranks by coverage, keeps the best, and adds the attention if it is needed.</summary>
    private FoundTranslation[][] Complete(SourceSet sources, int[] group, IReadOnlyList<GeneratedSequence>[] found)
    {
        bool isAlignmentNeeded = options.CoveragePenalty > 0 || options.ReplaceUnknown;
        if (!isAlignmentNeeded) return Array.ConvertAll(found, row => row.Select(sequence => new FoundTranslation(sequence)).Take(options.NBest).ToArray());
        var result = new FoundTranslation[group.Length][];
        for (int row = 0; row < group.Length; row++)
        {
            int[] same = [.. found[row].Select(_ => group[row])];
            IReadOnlyList<IReadOnlyList<float[]>> alignments = model.Align(sources, same, [.. found[row].Select(sequence => sequence.Symbols)]);
            result[row] =
            [
                .. found[row].Select((sequence, i) => new FoundTranslation(sequence with { Score = sequence.Score + Coverage(alignments[i]) })
                {
                    Attention = alignments[i],
                }).OrderByDescending(translation => translation.Sequence.Score).Take(options.NBest),
            ];
        }
        return result;
    }

    /// <summary>Returns the coverage penalty (Wu et al., 2016), which is 0 if every source step has been attended to.</summary>
    private double Coverage(IReadOnlyList<float[]> attention)
    {
        if (options.CoveragePenalty == 0 || attention.Count == 0) return 0;
        const double Least = 1e-6;
        double sum = 0;
        for (int j = 0; j < attention[0].Length; j++) sum += Math.Log(Math.Clamp(attention.Sum(weights => (double)weights[j]), Least, 1));
        return options.CoveragePenalty * sum;
    }
}

/// <summary>A translation that a search has found.</summary>
/// <param name="Sequence">The symbols.</param>
internal sealed record FoundTranslation(GeneratedSequence Sequence)
{
    /// <summary>The weights of the source steps for each symbol, if they were needed.</summary>
    public IReadOnlyList<float[]>? Attention { get; init; }
}
