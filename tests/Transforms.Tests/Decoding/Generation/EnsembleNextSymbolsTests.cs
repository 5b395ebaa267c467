using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Decoding;

namespace MlNetRnn.Transforms.Tests.Decoding;

public class EnsembleNextSymbolsTests
{
    private static float[] Mean(IReadOnlyList<double>? weights, params float[][] logProbabilities)
    {
        var result = new float[logProbabilities[0].Length];
        new DistributionMean(weights ?? [.. logProbabilities.Select(_ => 1.0)], logProbabilities.Length).Compute(logProbabilities, result);
        return result;
    }

    [Property]
    public void The_mean_is_that_of_the_probabilities(int seed, byte count, byte size, bool isWeighted)
    {
        var random = new Random(seed);
        int members = 1 + count % 4;
        float[][] logs =
        [
            .. Enumerable.Range(0, members).Select(_ => (float[])[.. Enumerable.Range(0, 1 + size * 20).Select(_ => -(float)random.NextDouble() * 12)]),
        ];
        double[]? weights = isWeighted ? [.. logs.Select(_ => 0.1 + random.NextDouble())] : null;
        float[] mean = Mean(weights, logs);
        for (int i = 0; i < mean.Length; i++)
        {
            double sum = logs.Index().Sum(member => (weights?[member.Index] ?? 1) * Math.Exp(member.Item[i]));
            Assert.Equal(Math.Log(sum / (weights?.Sum() ?? members)), mean[i], 1e-5);
        }
    }

    [Fact]
    public void Small_and_missing_probabilities_are_exact()
    {
        float none = float.NegativeInfinity;
        float[] mean = Mean(null, [-300, none, none, 0], [-301, none, -2, float.NaN]);
        Assert.Equal(-300 + Math.Log((1 + Math.Exp(-1)) / 2), mean[0], 1e-4);
        Assert.Equal(none, mean[1]);
        Assert.Equal(-2 - Math.Log(2), mean[2], 1e-5);
        Assert.True(float.IsNaN(mean[3])); // a damaged member is not hidden
    }

    [Fact]
    public void Sampling_and_beam_search_work_on_an_ensemble()
    {
        TabularModel a = TabularModel.Random(5, 1), b = TabularModel.Random(5, 2);
        using var ensemble = new EnsembleNextSymbols([a, b], [3, 1]);
        RnnGenerationOptions options = new() { Seed = 1, MaximumLength = 20, StopAtDocumentEnd = false };
        GeneratedSequence row = new SymbolSampler(ensemble, options, [new GenerationStart([2, 3]), new GenerationStart([4])]).Finish()[0];
        int[] all = [2, 3, .. row.Symbols];
        for (int i = 2; i < all.Length; i++)
        {
            double expected = 0.75 * Math.Exp(a.After(all[i - 2], all[i - 1])[all[i]]) + 0.25 * Math.Exp(b.After(all[i - 2], all[i - 1])[all[i]]);
            Assert.Equal(Math.Log(expected), row.LogProbabilities[i - 2], 1e-5);
        }
        using var other = new EnsembleNextSymbols([TabularModel.Random(5, 1), TabularModel.Random(5, 1)]);
        RnnGenerationOptions beam = new() { BeamWidth = 4, NBest = 4, MaximumLength = 8 };
        Assert.Equal(
            new SymbolBeamSearch(TabularModel.Random(5, 1), beam).Find(new GenerationStart([2])).Select(sequence => sequence.Symbols),
            new SymbolBeamSearch(other, beam).Find(new GenerationStart([2])).Select(sequence => sequence.Symbols));
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        const int Symbols = 40, Rows = 5000;
        static EnsembleNextSymbols Create(int threads) =>
            new([.. Enumerable.Range(0, 3).Select(seed => TabularModel.Random(Symbols, seed, rows: Rows))], threads: threads);
        EnsembleNextSymbols one = Create(1), four = Create(4);
        float[] expected = new float[Rows * Symbols], actual = new float[Rows * Symbols];
        int[] symbols = [.. Enumerable.Range(0, Rows).Select(row => row % Symbols)];
        for (int step = 0; step < 5; step++)
        {
            one.Read(symbols, expected);
            four.Read(symbols, actual);
            Assert.Equal(expected, actual);
            ReadOnlyMemory<int>[] prompts = [.. symbols.Select((_, row) => symbols.AsMemory(row, Math.Min(row % 3, Rows - row)))];
            one.ReadPrompts(prompts);
            four.ReadPrompts(prompts);
        }
    }

    [Fact]
    public void States_are_saved_and_restored_and_foreign_ones_change_nothing()
    {
        using var ensemble = new EnsembleNextSymbols([TabularModel.Random(5, 1, rows: 2), TabularModel.Random(5, 2, rows: 2)]);
        float[] first = new float[10], second = new float[10];
        ensemble.Read([2, 3], first);
        byte[] state = ensemble.Save(1);
        ensemble.Read([4, 2], first);
        ensemble.Restore(0, state);
        ensemble.Read([2, 2], second);
        Assert.Equal(first[5..], second[..5]);

        byte[] before = ensemble.Save(0);
        byte[] otherMember = EnsembleState.Join([new byte[8], new byte[3]]);
        foreach (byte[] foreign in new[] { otherMember, [], state[1..], [.. state, 0], new byte[3], EnsembleState.Join([new byte[8]]) })
        {
            Assert.Throws<FormatException>(() => ensemble.Restore(0, foreign));
            Assert.Equal(before, ensemble.Save(0));
        }
    }

    [Fact]
    public void Members_that_do_not_match_are_refused()
    {
        static string Message(IReadOnlyList<INextSymbols> members, params double[] weights) =>
            Assert.Throws<ArgumentException>(() => new EnsembleNextSymbols(members, weights.Length == 0 ? null : weights)).Message;
        Assert.Contains("at least one model", Message([]));
        Assert.Contains("got one with 3 and one with 4", Message([TabularModel.Random(3, 1), TabularModel.Random(4, 1)]));
        Assert.Contains("number of rows, got one with 1 and one with 2", Message([TabularModel.Random(3, 1), TabularModel.Random(3, 1, rows: 2)]));
        Assert.Contains("a weight for each of 1 models, got 2", Message([TabularModel.Random(3, 1)], 1, 2));
        Assert.Contains("greater than 0, got 0.5; 0", Message([TabularModel.Random(3, 1), TabularModel.Random(3, 1)], 0.5, 0));
        Assert.Contains("greater than 0, got NaN", Message([TabularModel.Random(3, 1)], double.NaN));
    }

    [Fact]
    public void The_members_are_disposed()
    {
        TabularModel a = TabularModel.Random(3, 1), b = TabularModel.Random(3, 2);
        new EnsembleNextSymbols([a, b]).Dispose();
        Assert.True(a.IsDisposed && b.IsDisposed);
    }
}
