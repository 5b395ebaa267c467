using MlNetRnn.Decoding;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Tags;

namespace MlNetRnn.Transforms.Tests.Decoding;

public class LinearChainCrfTests
{
    private const int Tags = 4;
    private static readonly TagScheme Rules = TagScheme.Of(["O", "B-A", "I-A", "B-B"])!;

    public static TheoryData<int, int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, bool>();
            for (int steps = 1; steps <= 5; steps++)
                foreach (bool hasRules in new[] { false, true }) cases.Add(steps, 10 * steps, hasRules);
            return cases;
        }
    }

    private static (LinearChainCrf Chain, float[] Emissions, (int[] Tags, double Probability)[] All) Case(int steps, int seed, bool hasRules)
    {
        var chain = new LinearChainCrf(Tags, Enumeration.Numbers(seed, (Tags + 2) * Tags), hasRules ? Rules : null);
        float[] emissions = Enumeration.Numbers(seed + 1, steps * Tags);
        return (chain, emissions, Enumeration.Of(chain, emissions));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Viterbi_finds_the_best_of_all_sequences(int steps, int seed, bool hasRules)
    {
        (LinearChainCrf chain, float[] emissions, (int[] Tags, double Probability)[] all) = Case(steps, seed, hasRules);
        Assert.Equal(all[0].Tags, Viterbi.Best(chain, emissions));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sum_marginals_and_expected_transitions_are_those_of_all_sequences(int steps, int seed, bool hasRules)
    {
        (LinearChainCrf chain, float[] emissions, (int[] Tags, double Probability)[] all) = Case(steps, seed, hasRules);
        float[] marginals = new float[emissions.Length];
        double[] pairs = new double[(Tags + 2) * Tags];
        double sum = ForwardBackward.Expect(chain, emissions, marginals, pairs);
        Assert.Equal(Math.Log(Enumeration.Sequences(Tags, steps).Sum(tags => Math.Exp(chain.Score(emissions, tags)))), sum, 1e-6);
        double[] expectedPairs = new double[pairs.Length];
        foreach ((int[] tags, double probability) in all)
            for (int t = 0; t <= steps; t++)
            {
                int row = t == steps ? Tags + 1 : t == 0 ? Tags : tags[t - 1];
                expectedPairs[row * Tags + tags[Math.Min(t, steps - 1)]] += probability;
            }
        for (int t = 0; t < steps; t++)
            for (int j = 0; j < Tags; j++)
                Assert.Equal(all.Where(sequence => sequence.Tags[t] == j).Sum(sequence => sequence.Probability), marginals[t * Tags + j], 1e-5);
        Assert.Equal(expectedPairs, pairs, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finds_the_n_best_of_all_sequences(int steps, int seed, bool hasRules)
    {
        (LinearChainCrf chain, float[] emissions, (int[] Tags, double Probability)[] all) = Case(steps, seed, hasRules);
        int possible = all.Count(sequence => sequence.Probability > 0);
        foreach (int n in new[] { 1, 3, 2000 })
        {
            List<(int[] Tags, double Score)> best = NBestSequences.Find(chain, emissions, n);
            Assert.Equal(Math.Min(n, possible), best.Count);
            Assert.Equal(all.Take(best.Count).Select(sequence => sequence.Tags), best.Select(sequence => sequence.Tags));
        }
    }

    [Fact]
    public void Scores_far_apart_give_finite_numbers()
    {
        // A step that strongly prefers a tag that the rules forbid there.
        var chain = new LinearChainCrf(Tags, Enumeration.Numbers(1, (Tags + 2) * Tags), Rules);
        float[] emissions = [0, 0, 5000, 0, 0, 0, 0, 3000, 0, 0, 4000, 0];
        float[] marginals = new float[emissions.Length];
        Assert.True(double.IsFinite(ForwardBackward.Expect(chain, emissions, marginals, new double[(Tags + 2) * Tags])));
        Assert.All(marginals, p => Assert.InRange(p, 0, 1 + 1e-6f));
        Assert.Equal(0, marginals[2]);
    }

    [Fact]
    public void A_path_of_tiny_probability_is_counted()
    {
        // Each step strongly disfavors the tags that the rules require; the best path scores −760, all others thousands less.
        var chain = new LinearChainCrf(3, new float[5 * 3], TagScheme.Of(["O", "B-A", "I-A"]));
        float[] emissions = [0, -760, -5000, -700, -5000, 0, -700, -5000, 0], marginals = new float[9];
        Assert.Equal([1, 2, 2], Viterbi.Best(chain, emissions)!);
        Assert.Equal(-760, ForwardBackward.Expect(chain, emissions, marginals, []), 1e-3);
        Assert.Equal(1, marginals[1], 1e-5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(1000)]
    public void Factors_and_logarithms_agree(float scale)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var chain = new LinearChainCrf(Tags, Enumeration.Numbers(seed, (Tags + 2) * Tags, scale), seed % 2 == 0 ? Rules : null);
            float[] emissions = Enumeration.Numbers(seed + 100, 12 * Tags, scale);
            float[] expected = new float[emissions.Length], marginals = new float[emissions.Length];
            double[] expectedPairs = new double[(Tags + 2) * Tags], pairs = new double[(Tags + 2) * Tags];
            double sum = LogForwardBackward.Expect(chain, emissions, expected, expectedPairs);
            Assert.Equal(sum, ForwardBackward.Expect(chain, emissions, marginals, pairs), 1e-6 * (1 + Math.Abs(sum)));
            Assert.Equal(expected, marginals, (a, b) => Math.Abs(a - b) < 1e-5);
            Assert.Equal(expectedPairs, pairs, (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Fact]
    public void A_thousand_steps_neither_overflow_nor_underflow()
    {
        var chain = new LinearChainCrf(Tags, Enumeration.Numbers(3, (Tags + 2) * Tags, 20));
        float[] emissions = Enumeration.Numbers(4, 1000 * Tags, 50), marginals = new float[emissions.Length];
        Assert.True(double.IsFinite(ForwardBackward.Expect(chain, emissions, marginals, [])));
        for (int t = 0; t < 1000; t++) Assert.Equal(1, marginals[(t * Tags)..((t + 1) * Tags)].Sum(), 1e-4);
    }
}
