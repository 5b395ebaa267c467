using MlNetRnn.Kernels;

namespace MlNetRnn.Transforms.Tests.Kernels;

public class LogSoftmaxTests
{
    [Fact]
    public void Log_probabilities_are_accurate_for_any_number_of_logits_and_any_shift()
    {
        var random = new Random(1);
        foreach (int count in new[] { 1, 2, 15, 16, 65, 5000 })
        {
            foreach (float shift in new[] { 0f, 500, -500 })
            {
                float[] logits = Padded([.. Enumerable.Range(0, count).Select(_ => shift + 10 * (float)random.NextDouble())]), actual = new float[count];
                LogSoftmax.Compute(logits, actual);
                double sum = logits.Sum(logit => Math.Exp(logit - shift));
                for (int i = 0; i < count; i++) Assert.Equal(logits[i] - shift - Math.Log(sum), actual[i], shift == 0 ? 3e-6 : 1e-4);
            }
        }
    }

    [Fact]
    public void The_result_can_replace_the_logits()
    {
        float[] logits = Padded([1, 2, 3]), expected = new float[3];
        LogSoftmax.Compute(logits, expected);
        LogSoftmax.Compute(logits, logits);
        Assert.Equal(expected, logits[..3]);
    }

    [Fact]
    public void An_impossible_symbol_has_the_probability_0()
    {
        float[] actual = new float[2];
        LogSoftmax.Compute(Padded([float.NegativeInfinity, 5]), actual);
        Assert.Equal([float.NegativeInfinity, 0], actual);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_logit_that_is_not_finite_stays_visible(float logit)
    {
        float[] actual = new float[3];
        LogSoftmax.Compute(Padded([1, logit, 2]), actual);
        Assert.All(actual, number => Assert.True(float.IsNaN(number) || float.IsInfinity(number)));
        Assert.Contains(actual, float.IsNaN);
    }

    private static float[] Padded(float[] logits)
    {
        var padded = new float[(logits.Length + Simd.Width - 1) / Simd.Width * Simd.Width];
        Array.Fill(padded, float.NegativeInfinity);
        logits.CopyTo(padded, 0);
        return padded;
    }
}
