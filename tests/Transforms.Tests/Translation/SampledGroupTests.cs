using MlNetRnn.Decoding;
using MlNetRnn.Transforms.Tests.Decoding;
using MlNetRnn.Translation;

namespace MlNetRnn.Transforms.Tests.Translation;

/// <summary>Translations whose symbols are drawn at random.</summary>
public class SampledGroupTests
{
    private static readonly RnnGenerationOptions Options = new() { Seed = 3, AllowUnknown = true, MaximumLength = int.MaxValue };

    [Fact]
    public void Symbols_are_drawn_with_their_probabilities()
    {
        const int Count = 20_000;
        TabularModel[] models = [.. Enumerable.Repeat(TabularModel.Constant(0.5, 0.2, 0.3), Count)];
        IReadOnlyList<GeneratedSequence>[] found = Draw(models, [.. Enumerable.Repeat(1, Count)], [.. Enumerable.Range(0, Count)]);
        int[] counts = [.. Enumerable.Range(0, 3).Select(symbol => found.Count(row => row[0].Symbols[0] == symbol))];
        Assert.Equal([0.5, 0.2, 0.3], counts.Select(count => (double)count / Count), (a, b) => Math.Abs(a - b) < 0.015);
        Assert.All(found, row => Assert.Equal(row[0].Symbols[0] == 0 ? GenerationEnd.DocumentEnd : GenerationEnd.MaximumLength, row[0].End));
    }

    [Fact]
    public void A_row_depends_on_its_stream_and_not_on_the_other_rows()
    {
        TabularModel[] models = [.. Enumerable.Range(0, 6).Select(i => TabularModel.Random(4, i, spread: 0.5))];
        int[] limits = [3, 9, 1, 7, 9, 5];
        IReadOnlyList<GeneratedSequence>[] together = Draw(models, limits, [10, 11, 12, 13, 14, 15]);
        for (int i = 0; i < models.Length; i++)
        {
            GeneratedSequence alone = Draw([models[i]], [limits[i]], [10 + i])[0][0];
            Assert.Equal(alone.Symbols, together[i][0].Symbols);
            Assert.Equal(alone.Score, together[i][0].Score);
            Assert.Equal(alone.LogProbabilities.Sum(value => (double)value), alone.Score, 1e-6);
            Assert.InRange(alone.Symbols.Length, 1, limits[i]);
        }
        Assert.NotEqual(Symbols(together), Symbols(Draw(models, limits, [20, 21, 22, 23, 24, 25])));

        static string[] Symbols(IReadOnlyList<GeneratedSequence>[] drawn) => [.. drawn.Select(row => string.Join(' ', row[0].Symbols))];
    }

    private static IReadOnlyList<GeneratedSequence>[] Draw(TabularModel[] models, int[] limits, long[] streams) =>
        new SampledGroup(new SourcesModel(models), Options, limits, streams).Find(null);
}
