using MlNetRnn.Kernels;

namespace MlNetRnn.Transforms.Tests.Kernels;

/// <summary>Softmax of numbers of any size.</summary>
public class ShiftedSoftMaxTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(-1e20)]
    [InlineData(3e38)]
    public void A_common_summand_changes_nothing(double summand)
    {
        float[] x = [(float)summand, (float)(summand + 1), (float)(summand - 2)], expected = new float[3], result = new float[3];
        ShiftedSoftMax.Compute(x, result);
        double[] weights = Array.ConvertAll(x, number => Math.Exp((double)number - x.Max()));
        for (int i = 0; i < x.Length; i++) expected[i] = (float)(weights[i] / weights.Sum());
        for (int i = 0; i < x.Length; i++) Assert.Equal(expected[i], result[i], 1e-6);
    }

    [Fact]
    public void The_result_may_replace_the_numbers()
    {
        float[] x = [1, 500, 2];
        ShiftedSoftMax.Compute(x, x);
        Assert.Equal([0, 1, 0], x);
    }
}
