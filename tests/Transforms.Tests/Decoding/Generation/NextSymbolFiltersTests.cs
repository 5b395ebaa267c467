using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Decoding;

namespace MlNetRnn.Transforms.Tests.Decoding;

public class NextSymbolFiltersTests
{
    private const float Forbidden = float.NegativeInfinity;

    private static float[] Apply(RnnGenerationOptions options, int[] prompt, int[] generated, params float[] scores)
    {
        var history = new SymbolHistory(scores.Length, prompt);
        foreach (int symbol in generated) history.Add(symbol);
        new NextSymbolFilters(options with { AllowUnknown = true }).Apply(history, scores);
        return scores;
    }

    [Fact]
    public void The_penalty_multiplies_log_probabilities_of_symbols_that_occurred_once()
    {
        var options = new RnnGenerationOptions { RepetitionPenalty = 1.5f };
        Assert.Equal([-1, -1.5f, -3, -3, -1.5f], Apply(options, [1, 1, 0], [2, 2, 4, 1], -1, -1, -2, -3, -1));
    }

    [Fact]
    public void The_penalty_divides_numbers_that_a_constraint_raised_above_0()
    {
        var options = new RnnGenerationOptions { RepetitionPenalty = 2, Constraint = (_, _, scores) => scores[2] = 3 };
        Assert.Equal([-1, -1, 1.5f], Apply(options, [2], [], -1, -1, -2));
    }

    [Property]
    public void Symbols_that_would_repeat_an_n_gram_are_forbidden(byte[] numbers, byte size)
    {
        int[] symbols = [.. numbers.Select(number => number % 4)];
        int n = 1 + size % 4, split = symbols.Length / 3;
        float[] scores = Apply(new RnnGenerationOptions { NoRepeatNgramSize = n }, symbols[..split], symbols[split..], -1, -1, -1, -1);
        for (int next = 0; next < 4; next++)
        {
            int[] all = [.. symbols, next];
            bool repeats = next != 0 && all.Length > n
                && Enumerable.Range(0, all.Length - n).Any(i => all.AsSpan(i, n).SequenceEqual(all.AsSpan(all.Length - n)));
            Assert.Equal(repeats ? Forbidden : -1, scores[next]);
        }
    }

    [Fact]
    public void The_constraint_sees_prompt_and_generated_symbols_and_comes_first()
    {
        int[] prompt = [], generated = [];
        var options = new RnnGenerationOptions
        {
            NoRepeatNgramSize = 1,
            Constraint = (before, symbols, scores) =>
            {
                (prompt, generated) = (before.ToArray(), symbols.ToArray());
                Assert.Equal([-1, -2, -3, -4], scores.ToArray());
                scores[3] = Forbidden;
                scores[2] = -0.5f; // is blocked afterwards
            },
        };
        Assert.Equal([-1, -2, Forbidden, Forbidden], Apply(options, [2, 2], [2], -1, -2, -3, -4));
        Assert.Equal([2, 2], prompt);
        Assert.Equal([2], generated);
    }

    [Fact]
    public void The_unknown_symbol_is_forbidden_unless_it_is_allowed()
    {
        float[] scores = [-1, -1, -1];
        new NextSymbolFilters(new RnnGenerationOptions()).Apply(null, scores);
        Assert.Equal([-1, Forbidden, -1], scores);
        scores = [-1, -1, -1];
        new NextSymbolFilters(new RnnGenerationOptions { AllowUnknown = true }).Apply(null, scores);
        Assert.Equal([-1, -1, -1], scores);
    }

    [Theory]
    [InlineData(float.NaN, 0, "got NaN")]
    [InlineData(float.PositiveInfinity, 0, "got infinity")]
    [InlineData(1, 4, "at most 0 in a beam search, got 1.")]
    public void Numbers_that_are_no_log_probabilities_are_refused(float number, int beam, string message)
    {
        var options = new RnnGenerationOptions { BeamWidth = beam, Constraint = (_, _, scores) => scores[1] = number };
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => Apply(options, [], [], -1, -1)).Message);
    }

    [Theory]
    [InlineData(new float[] { -1, float.NaN, -1 }, "got NaN")]
    [InlineData(new float[] { -1, float.PositiveInfinity }, "got an infinite probability")]
    [InlineData(new float[] { float.NegativeInfinity, float.NegativeInfinity }, "got a probability of 0 for every symbol")]
    public void A_damaged_model_is_reported(float[] distribution, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => NextSymbolFilters.Check(distribution)).Message);

    [Property]
    public void A_history_follows_the_paths_of_a_search(byte[] prompt, byte[] first, byte[] second)
    {
        var history = new SymbolHistory(256, [.. prompt.Select(symbol => (int)symbol)]);
        foreach (byte[] generated in new[] { first, second, [] })
        {
            BeamPath? path = null;
            foreach (byte symbol in generated) path = new BeamPath(path, symbol, 0, 0, (path?.Length ?? 0) + 1);
            history.SetGenerated(path);
            byte[] all = [.. prompt, .. generated];
            Assert.Equal(all, history.All.ToArray().Select(symbol => (byte)symbol));
            Assert.Equal(generated, history.Generated.ToArray().Select(symbol => (byte)symbol));
            Assert.Equal(all.Distinct(), history.Distinct.Select(symbol => (byte)symbol));
        }
    }
}
