using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Decoding;
using MlNetRnn.Transforms.Tests.Decoding;
using MlNetRnn.Translation;

namespace MlNetRnn.Transforms.Tests.Translation;

/// <summary>Beam searches of several sources that share the steps of a decoder.</summary>
public class BeamGroupTests
{
    [Property(MaxTest = 200)]
    public void A_group_finds_what_separate_searches_find(int seed, PositiveInt width, byte length, byte penalty, bool blocks)
    {
        TabularModel[] models = Models(seed, count: 1 + width.Get % 5);
        RnnGenerationOptions options = Options(1 + width.Get % 4, penalty) with { NoRepeatNgramSize = blocks ? 2 : 0, AllowUnknown = seed % 2 == 0 };
        int[] limits = Limits(models.Length, length, seed);
        IReadOnlyList<GeneratedSequence>[] together = new BeamGroup(new SourcesModel(models), options, limits).Find(null);
        for (int i = 0; i < models.Length; i++)
        {
            Assert.Equal(Describe(new BeamGroup(new SourcesModel(models[i]), options, [limits[i]]).Find(null)[0]), Describe(together[i]));
            // The beam search of a language model is another implementation.
            GenerationStart start = new([]);
            IReadOnlyList<GeneratedSequence> expected =
                new SymbolBeamSearch(new SourcesModel(models[i]), options with { MaximumLength = limits[i] }).Find(start);
            Assert.Equal(Describe(expected), Describe(together[i]));
        }
    }

    [Property(MaxTest = 200)]
    public void A_group_whose_beams_keep_all_beginnings_finds_the_best_of_all_sequences(int seed, byte length, byte penalty, byte count)
    {
        TabularModel[] models = Models(seed, 1 + count % 4);
        double alpha = penalty % 5 * 0.5;
        RnnGenerationOptions options = Options(243, penalty) with { NBest = 1 + count % 3 };
        int[] limits = Limits(models.Length, length, seed);
        IReadOnlyList<GeneratedSequence>[] found = new BeamGroup(new SourcesModel(models), options, limits).Find(null);
        for (int i = 0; i < models.Length; i++)
        {
            (int[] Symbols, double Score)[] all = [.. All(models[i], limits[i])
                .Select(sequence => (sequence.Symbols, sequence.Score * Math.Pow(6.0 / (5 + sequence.Symbols.Length), alpha)))
                .OrderByDescending(sequence => sequence.Item2).Take(options.NBest)];
            Assert.Equal(all.Length, found[i].Count);
            for (int k = 0; k < all.Length; k++)
            {
                Assert.Equal(all[k].Score, found[i][k].Score, 1e-4);
                Assert.Equal(found[i][k].Symbols is [.., 0] ? GenerationEnd.DocumentEnd : GenerationEnd.MaximumLength, found[i][k].End);
                double sum = found[i][k].LogProbabilities.Sum(value => (double)value);
                Assert.Equal(found[i][k].Score, sum * Math.Pow(6.0 / (5 + found[i][k].Symbols.Length), alpha), 1e-4);
            }
        }
    }

    [Fact]
    public void A_source_that_has_ended_is_not_read()
    {
        // The first source ends at once, the second one never.
        TabularModel ends = TabularModel.Constant(1, 0, 0), continues = TabularModel.Constant(0, 0, 1);
        var rows = new List<int>();
        var model = new SourcesModel(ends, continues) { OnRead = symbols => rows.Add(symbols.Length) };
        IReadOnlyList<GeneratedSequence>[] found = new BeamGroup(model, Options(1, 0), [9, 4]).Find(null);
        Assert.Equal([2, 1, 1, 1], rows);
        Assert.Equal([0], found[0][0].Symbols);
        Assert.Equal([2, 2, 2, 2], found[1][0].Symbols);
    }

    [Fact]
    public void Each_step_calls_the_check()
    {
        int calls = 0;
        TabularModel continues = TabularModel.Constant(0, 0, 1);
        new BeamGroup(new SourcesModel(continues), Options(2, 0), [4]).Find(() => calls++);
        Assert.Equal(4, calls);
        Assert.Throws<OperationCanceledException>(
            () => new BeamGroup(new SourcesModel(continues), Options(2, 0), [4]).Find(() => throw new OperationCanceledException()));
    }

    private static RnnGenerationOptions Options(int width, byte penalty) =>
        new() { BeamWidth = width, NBest = Math.Min(width, 2), LengthPenalty = penalty % 5 * 0.5f, AllowUnknown = true };

    private static TabularModel[] Models(int seed, int count) =>
        [.. Enumerable.Range(0, count).Select(i => TabularModel.Random(3, unchecked(seed + 1000 * i), spread: 1))];

    private static int[] Limits(int count, byte length, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => 1 + (int)(((uint)seed + 3u * (uint)i + length) % 5))];

    private static string[] Describe(IReadOnlyList<GeneratedSequence> found) =>
    [
        .. found.Select(one =>
            $"{string.Join(' ', one.Symbols)}: {one.Score:F4}, {string.Join(' ', one.LogProbabilities.Select(x => $"{x:F3}"))}, {one.End}"),
    ];

    /// <summary>Enumerates every sequence of at most this length that symbol 0 or the maximum length ends, with its log-probability.</summary>
    private static IEnumerable<(int[] Symbols, double Score)> All(TabularModel model, int steps)
    {
        return From([], 0);

        IEnumerable<(int[], double)> From(int[] symbols, double score)
        {
            if (symbols.Length == steps || symbols is [.., 0])
            {
                yield return (symbols, score);
                yield break;
            }
            int[] all = [0, 0, .. symbols];
            float[] next = model.After(all[^2], all[^1]).ToArray();
            for (int symbol = 0; symbol < next.Length; symbol++)
                foreach ((int[], double) sequence in From([.. symbols, symbol], score + next[symbol])) yield return sequence;
        }
    }
}
