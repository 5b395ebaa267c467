using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Decoding;
using MlNetRnn.RandomNumbers;

namespace MlNetRnn.Transforms.Tests.Decoding;

public class SymbolDrawTests
{
    private const int Draws = 10_000;

    private static float[] Logs(params double[] probabilities) => [.. probabilities.Select(p => (float)Math.Log(p))];

    private static double[] Frequencies(SymbolDraw draw, float[] scores, int count, int seed = 1)
    {
        RandomStream random = RandomStream.Create((ulong)seed, 0);
        var result = new double[scores.Length];
        for (int i = 0; i < count; i++) result[draw.Draw([.. scores], ref random)] += 1.0 / count;
        return result;
    }

    /// <summary>Asserts that frequencies are within five standard deviations of the probabilities; what is impossible never occurs.</summary>
    private static void AssertClose(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), pair =>
    {
        const double rounding = 1e-9;       // of the sum of 10,000 shares
        double tolerance = pair.First == 0 ? 0 : 5 * Math.Sqrt(pair.First * (1 - pair.First) / Draws) + rounding;
        Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance);
    });

    [Fact]
    public void Symbols_are_drawn_as_often_as_they_are_probable() =>
        AssertClose([0.5, 0.3, 0.15, 0.05], Frequencies(new SymbolDraw(1, 0, 1), Logs(0.5, 0.3, 0.15, 0.05), Draws));

    [Fact]
    public void Symbols_of_a_large_vocabulary_are_drawn_as_often_as_they_are_probable()
    {
        double[] probabilities = [.. Enumerable.Range(0, 3000).Select(i => i is 5 or 300 or 2999 ? 0.3 : 0.1 / 2997)];
        double[] frequencies = Frequencies(new SymbolDraw(1, 0, 1), Logs(probabilities), Draws);
        AssertClose([0.3, 0.3, 0.3], [frequencies[5], frequencies[300], frequencies[2999]]);
    }

    [Fact]
    public void The_temperature_divides_log_probabilities()
    {
        // 0.6², 0.3², 0.1² and the square roots, normalized.
        AssertClose([0.36 / 0.46, 0.09 / 0.46, 0.01 / 0.46], Frequencies(new SymbolDraw(0.5f, 0, 1), Logs(0.6, 0.3, 0.1), Draws));
        double sum = Math.Sqrt(0.6) + Math.Sqrt(0.3) + Math.Sqrt(0.1);
        AssertClose(
            [Math.Sqrt(0.6) / sum, Math.Sqrt(0.3) / sum, Math.Sqrt(0.1) / sum], Frequencies(new SymbolDraw(2, 0, 1), Logs(0.6, 0.3, 0.1), Draws));
    }

    [Theory]
    [InlineData(float.Epsilon)]
    [InlineData(1e-6f)]
    [InlineData(float.MaxValue)]
    public void Extreme_temperatures_are_limits(float temperature)
    {
        double[] expected = temperature < 1 ? [0, 0, 1, 0] : [1 / 3.0, 0, 1 / 3.0, 1 / 3.0];
        AssertClose(expected, Frequencies(new SymbolDraw(temperature, 0, 1), Logs(0.3, 0, 0.5, 0.2), Draws));
    }

    [Property]
    public void Temperature_0_takes_the_first_most_probable_symbol(NonEmptyArray<byte> numbers, int seed)
    {
        float[] scores = [.. numbers.Get.Select(number => -(float)(number % 7))];
        RandomStream random = new((ulong)seed), before = random;
        Assert.Equal(Array.IndexOf(scores, scores.Max()), new SymbolDraw(0, 0, 1).Draw([.. scores], ref random));
        Assert.Equal(before.State, random.State);
    }

    [Property]
    public void Top_k_keeps_the_k_most_probable_symbols(NonEmptyArray<byte> numbers, byte k, int seed)
    {
        float[] scores = [.. numbers.Get.Select(number => -(float)(number % 11) / 4)];
        int count = 1 + k % 6;
        int[] best = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(count)];
        AssertOnly(best, new SymbolDraw(1, count, 1), scores, seed);
    }

    [Property(MaxTest = 30)]
    public void Top_k_finds_the_most_probable_symbols_of_a_large_vocabulary(int seed, byte k)
    {
        var source = new Random(seed);
        float[] scores = [.. Enumerable.Range(0, 1000).Select(_ => -source.Next(40) / 20f)];
        int count = 1 + k % 12;
        AssertOnly([.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(count)], new SymbolDraw(1, count, 1), scores, seed);
    }

    [Property]
    public void Top_p_keeps_the_smallest_set_with_the_share(NonEmptyArray<byte> numbers, byte p, int seed)
    {
        float[] scores = [.. numbers.Get.Select(number => -(float)(number % 11) / 4)];
        // The limits between sets of symbols are avoided: there, rounding decides.
        float share = (p % 97 + 0.517f) / 97.3f;
        AssertOnly(Nucleus(scores, [.. Enumerable.Range(0, scores.Length)], share), new SymbolDraw(1, 0, share), scores, seed);
    }

    [Property]
    public void Top_p_keeps_the_smallest_set_of_what_top_k_left(NonEmptyArray<byte> numbers, byte k, byte p, int seed)
    {
        float[] scores = [.. numbers.Get.Select(number => -(float)(number % 11) / 4)];
        int count = 1 + k % 6;
        float share = (p % 97 + 0.517f) / 97.3f;
        IEnumerable<int> best = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(count);
        AssertOnly(Nucleus(scores, [.. best], share), new SymbolDraw(1, count, share), scores, seed);
    }

    [Fact]
    public void Top_p_refers_to_what_top_k_left()
    {
        float[] scores = Logs(0.4, 0.3, 0.2, 0.1);
        // Of all, 0.5 needs two symbols: 0.4 + 0.3. Of the best two, 0.4 / 0.7 is enough.
        AssertOnly([0, 1], new SymbolDraw(1, 0, 0.5f), scores, 1);
        AssertOnly([0], new SymbolDraw(1, 2, 0.5f), scores, 1);
        AssertOnly([0, 1], new SymbolDraw(1, 2, 0.6f), scores, 1);
    }

    [Fact]
    public void The_temperature_comes_before_top_p()
    {
        float[] scores = Logs(0.6, 0.4);
        AssertOnly([0], new SymbolDraw(1, 0, 0.59f), scores, 1);
        // At temperature 3, the probabilities are 0.534 and 0.466.
        AssertOnly([0, 1], new SymbolDraw(3, 0, 0.59f), scores, 1);
    }

    [Fact]
    public void What_is_kept_is_drawn_in_its_proportions()
    {
        AssertClose([4 / 7.0, 0, 3 / 7.0, 0], Frequencies(new SymbolDraw(1, 2, 1), Logs(0.4, 0.1, 0.3, 0.2), Draws));
        AssertClose([4 / 7.0, 0, 3 / 7.0, 0], Frequencies(new SymbolDraw(1, 0, 0.65f), Logs(0.4, 0.1, 0.3, 0.2), Draws));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(1, 0, 0.5)]
    public void Forbidden_symbols_are_never_drawn(float temperature, int topK, float topP)
    {
        var draw = new SymbolDraw(temperature, topK, topP);
        RandomStream random = RandomStream.Create(3, 0);
        float[] one = [float.NegativeInfinity, float.NegativeInfinity, -80, float.NegativeInfinity];
        for (int i = 0; i < 100; i++) Assert.Equal(2, draw.Draw([.. one], ref random));
        Assert.Equal(-1, draw.Draw([float.NegativeInfinity, float.NegativeInfinity], ref random));
    }

    [Fact]
    public void Draws_allocate_nothing()
    {
        SymbolDraw[] draws = [new SymbolDraw(1, 0, 1), new SymbolDraw(0.7f, 20, 1), new SymbolDraw(1, 0, 0.9f), new SymbolDraw(1, 20, 0.9f)];
        float[] scores = [.. Enumerable.Range(0, 500).Select(i => -(i * 37 % 500) / 50f)], copy = [.. scores];
        RandomStream random = RandomStream.Create(3, 0);
        Draw();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) Draw();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Draw()
        {
            foreach (SymbolDraw draw in draws)
            {
                scores.CopyTo(copy, 0);
                draw.Draw(copy, ref random);
            }
        }
    }

    private static int[] Nucleus(float[] scores, int[] symbols, double share)
    {
        double total = symbols.Sum(i => Math.Exp(scores[i])), sum = 0;
        List<int> kept = [];
        foreach (int i in symbols.OrderByDescending(i => scores[i]))
        {
            kept.Add(i);
            if ((sum += Math.Exp(scores[i])) >= share * total) break;
        }
        return [.. kept];
    }

    /// <summary>Asserts that these symbols, and no others, are drawn.</summary>
    private static void AssertOnly(int[] expected, SymbolDraw draw, float[] scores, int seed)
    {
        double[] frequencies = Frequencies(draw, scores, 100 * expected.Length, seed);
        double least = expected.Min(i => Math.Exp(scores[i])) / expected.Sum(i => Math.Exp(scores[i]));
        foreach (int symbol in Enumerable.Range(0, scores.Length))
        {
            if (!expected.Contains(symbol)) Assert.Equal(0, frequencies[symbol]);
            else if (least * 100 * expected.Length > 20) Assert.NotEqual(0, frequencies[symbol]);
        }
    }
}
