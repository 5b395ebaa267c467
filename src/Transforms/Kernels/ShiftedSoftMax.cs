using System.Numerics.Tensors;

namespace MlNetRnn.Kernels;

/// <summary>
/// Softmax that subtracts the greatest number first. The one of System.Numerics.Tensors does not, so that its exponentials overflow for numbers above 88.
/// </summary>
internal static class ShiftedSoftMax
{
    /// <summary>Computes exp(x) / Σ exp(x).</summary>
    /// <param name="x">The numbers, at least one.</param>
    /// <param name="result">Receives as many numbers; may be <paramref name="x"/>.</param>
    public static void Compute(ReadOnlySpan<float> x, Span<float> result)
    {
        result = result[..x.Length];
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), result);
        TensorPrimitives.Exp(result, result);
        TensorPrimitives.Divide(result, TensorPrimitives.Sum<float>(result), result);
    }
}
