using FsCheck.Xunit;
using MlNetRnn.Decoding;

namespace MlNetRnn.Transforms.Tests.Decoding;

public class BeamSearchTests
{
    private static readonly BeamScoring Scoring = (paths, _, result) =>
    {
        for (int b = 0; b < paths.Length; b++) Score(paths[b], result.Slice(b * 3, 3));
    };

    /// <summary>Symbol 0 is likely at first and then leads nowhere; symbol 1 leads to a certain 2.</summary>
    private static void Score(BeamPath? before, Span<float> logProbabilities)
    {
        double[] probabilities = before?.Symbol switch
        {
            null => [0.6, 0.4, 0],
            0 => [0.4, 0.3, 0.3],
            _ => [0, 0, 1],
        };
        for (int symbol = 0; symbol < probabilities.Length; symbol++) logProbabilities[symbol] = (float)Math.Log(probabilities[symbol]);
    }

    [Fact]
    public void A_beam_of_1_is_greedy() => Assert.Equal([0, 0], Assert.Single(new BeamSearch(1, 3, Scoring).Find(2)).ToSymbols());

    [Fact]
    public void A_wider_beam_finds_the_most_probable_sequence()
    {
        IReadOnlyList<BeamPath> paths = new BeamSearch(2, 3, Scoring).Find(2);
        Assert.Equal([[1, 2], [0, 0]], paths.Select(path => path.ToSymbols()));
        Assert.Equal([0.4, 0.24], paths.Select(path => Math.Exp(path.LogProbability)), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Equally_probable_sequences_keep_the_order_of_their_symbols()
    {
        IReadOnlyList<BeamPath> paths = new BeamSearch(4, 2, (_, _, result) => result.Clear()).Find(2);
        Assert.Equal([[0, 0], [0, 1], [1, 0], [1, 1]], paths.Select(path => path.ToSymbols()));
    }

    [Fact]
    public void A_rule_excludes_sequences()
    {
        BeamFilter filter = (before, scores) => scores[before?.Symbol ?? 1] = scores[1] = float.NegativeInfinity;
        IReadOnlyList<BeamPath> paths = new BeamSearch(9, 3, Scoring, filter).Find(2);
        Assert.Equal([[0, 2]], paths.Select(path => path.ToSymbols()));
        Assert.Equal(Math.Log(0.6 * 0.3), paths[0].Score, 1e-6);
    }

    [Property(MaxTest = 50)]
    public void Selection_keeps_what_sorting_keeps(int seed, byte width, byte count, bool isOneForbidden)
    {
        int symbols = 2 + count * 3, kept = 1 + width % 12;
        int? forbidden = isOneForbidden ? seed & 1 : null;
        IReadOnlyList<BeamPath> found = new BeamSearch(kept, symbols, (paths, _, result) =>
        {
            for (int b = 0; b < paths.Length; b++) Distribution(paths[b]?.ToSymbols() ?? []).CopyTo(result.Slice(b * symbols, symbols));
        })
        {
            Forbidden = forbidden,
        }.Find(4);
        (int[] Symbols, double Score)[] expected = [([], 0)];
        for (int step = 0; step < 4; step++)
        {
            expected =
            [
                .. expected.SelectMany(path => Distribution(path.Symbols).Select((score, symbol) => ((int[])[.. path.Symbols, symbol], path.Score + score)))
                    .Where(path => path.Item1[^1] != forbidden)
                    .OrderByDescending(path => path.Item2).Take(kept),
            ];
        }
        Assert.Equal(expected.Select(path => path.Symbols), found.Select(path => path.ToSymbols()));
        Assert.Equal(expected.Select(path => path.Score), found.Select(path => path.Score));

        // A few distinct numbers, so that many beginnings are equally good.
        float[] Distribution(int[] before)
        {
            var random = new Random(before.Aggregate(seed, (sum, symbol) => 31 * sum + symbol));
            return [.. Enumerable.Range(0, symbols).Select(_ => -random.Next(1, 40) / 4f)];
        }
    }

    [Fact]
    public void No_steps_give_no_sequence() => Assert.Empty(new BeamSearch(2, 3, Scoring).Find(0));
}
