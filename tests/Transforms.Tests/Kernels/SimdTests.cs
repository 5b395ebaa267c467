using MlNetRnn.Kernels;

namespace MlNetRnn.Transforms.Tests.Kernels;

public unsafe class SimdTests
{
    [Fact]
    public void Exp_sigmoid_and_tanh_are_accurate_and_saturate()
    {
        float* x = stackalloc float[Simd.Width], y = stackalloc float[Simd.Width];
        for (int i = 0; i < 40_000; i += Simd.Width)
        {
            for (int j = 0; j < Simd.Width; j++) x[j] = (i + j - 20_000) / 200f;
            Simd.Store(Simd.Exp(Simd.Load(x, Simd.Width)), y, Simd.Width);
            for (int j = 0; j < Simd.Width; j++)
                if (Math.Abs(x[j]) < 87) Assert.Equal(1, y[j] / Math.Exp(x[j]), 4e-7);
            Simd.Store(Simd.Sigmoid(Simd.Load(x, Simd.Width)), y, Simd.Width);
            for (int j = 0; j < Simd.Width; j++) Assert.Equal(1 / (1 + Math.Exp(-x[j])), y[j], 2e-7);
            Simd.Store(Simd.Tanh(Simd.Load(x, Simd.Width)), y, Simd.Width);
            for (int j = 0; j < Simd.Width; j++) Assert.Equal(Math.Tanh(x[j]), y[j], 4e-7);
        }
    }

    [Fact]
    public void Sigmoid_keeps_NaN_and_saturates_at_infinity()
    {
        float* x = stackalloc float[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity };
        Simd.Store(Simd.Sigmoid(Simd.Load(x, 3)), x, 3);
        Assert.True(float.IsNaN(x[0]));
        Assert.Equal((1f, 0f), (x[1], MathF.Round(x[2], 6)));
    }

    [Fact]
    public void Storing_part_of_a_register_does_not_change_adjacent_numbers()
    {
        float* x = stackalloc float[Simd.Width + 1], y = stackalloc float[Simd.Width + 1];
        for (int count = 0; count <= Simd.Width; count++)
        {
            for (int j = 0; j <= Simd.Width; j++) (x[j], y[j]) = (j + 1, -1);
            Simd.Store(Simd.Load(x, count), y, count);
            for (int j = 0; j <= Simd.Width; j++) Assert.Equal(j < count ? j + 1 : -1, y[j]);
        }
    }
}
