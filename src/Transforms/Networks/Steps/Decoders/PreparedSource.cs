using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>
/// A source as <see cref="ManagedDecoder"/> reads it. The source states are multiplied with the weights of the context once, instead of the context in each
/// step: W Σ a_j h_j = Σ a_j (W h_j).
/// </summary>
internal sealed class PreparedSource
{
    private readonly int _keyWidth;

    public PreparedSource(EncodedSource source, DecoderAttention attention)
    {
        Length = source.Length;
        int size = source.Keys.Length / Length;
        _keyWidth = (size + Simd.Width - 1) / Simd.Width * Simd.Width;
        Keys = new float[Length * _keyWidth];
        for (int s = 0; s < Length; s++) source.Keys.AsSpan(s * size, size).CopyTo(Keys.AsSpan(s * _keyWidth));
        Readouts = Values(attention.ReadoutContext);
        Gates = attention.Context is { } context ? Values(context) : [];

        float[] Values(AffineMap map)
        {
            var values = new float[Length * map.Stride];
            map.Compute(source.States, source.States.Length / Length, values, Length);
            return values;
        }
    }

    /// <summary>S.</summary>
    public int Length { get; }

    /// <summary>[S,key width]</summary>
    public float[] Keys { get; }

    /// <summary>What the context adds to the gates, [S,gates]; empty for attention after the state update.</summary>
    public float[] Gates { get; }

    /// <summary>What the context adds to the readout, [S,R].</summary>
    public float[] Readouts { get; }

    /// <summary>Computes the weights of the source steps.</summary>
    /// <param name="query">The query, padded with 0 to the width of a key.</param>
    /// <param name="energy">v of the additive score; null for a dot product.</param>
    /// <param name="weights">Receives [S].</param>
    public void Attend(ReadOnlySpan<float> query, float[]? energy, Span<float> weights)
    {
        for (int s = 0; s < Length; s++) weights[s] = Score(query, Keys.AsSpan(s * _keyWidth, _keyWidth), energy);
        ShiftedSoftMax.Compute(weights[..Length], weights);
    }

    private static unsafe float Score(ReadOnlySpan<float> query, ReadOnlySpan<float> key, float[]? energy)
    {
        if (energy is null) return TensorPrimitives.Dot(query[..key.Length], key);
        Vector512<float> sum = default;
        fixed (float* q = query, k = key, v = energy)
        {
            for (int j = 0; j < key.Length; j += Simd.Width)
                sum += Vector512.Load(v + j)
                    * Simd.Tanh(Vector512.Load(q + j) + Vector512.Load(k + j));
        }
        return Vector512.Sum(sum);
    }
}
