using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MlNetRnn.Quantization;

/// <summary>A matrix of weights as 8-bit integers: w ≈ scale · q, with a scale for each row, so that a row of small weights is as exact as one of large ones.</summary>
internal sealed class Int8Weights
{
    /// <summary>
    /// The largest integer of a factor of a matrix product. On processors without VNNI, ONNX Runtime adds pairs of products of 8 and 8 bits in 16 bits, where
    /// 255 · 127 · 2 does not fit and 255 · 63 · 2 does: with 7 bits of weight the result is the same on every machine.
    /// </summary>
    public const int GreatestFactor = 63;

    /// <summary>The largest integer of numbers that are only taken out.</summary>
    public const int Greatest = 127;

    private readonly sbyte[] _numbers;
    private readonly int _columns;

    /// <param name="weights">[R,C]</param>
    /// <param name="columns">C.</param>
    /// <param name="greatest">The integer of a row's largest weight.</param>
    public Int8Weights(ReadOnlySpan<float> weights, int columns, int greatest)
    {
        (_columns, _numbers, Scales) = (columns, new sbyte[weights.Length], new float[weights.Length / columns]);
        for (int row = 0; row < Scales.Length; row++)
        {
            ReadOnlySpan<float> own = weights.Slice(row * columns, columns);
            float largest = Math.Abs(TensorPrimitives.MaxMagnitude(own));
            // A row of zeros has any scale.
            float scale = Scales[row] = largest == 0 ? 1 : largest / greatest;
            for (int c = 0; c < columns; c++) _numbers[row * columns + c] = (sbyte)Math.Clamp(MathF.Round(own[c] / scale), -greatest, greatest);
        }
    }

    /// <summary>[R]</summary>
    public float[] Scales { get; }

    /// <summary>[R,C]</summary>
    public ReadOnlySpan<byte> Rows => MemoryMarshal.AsBytes<sbyte>(_numbers);

    /// <summary>Blocks of so many rows, each turned over: [R/B,B,C] → [R/B,C,B].</summary>
    public byte[] Transposed(int rowsOfBlock)
    {
        var result = new byte[_numbers.Length];
        int block = rowsOfBlock * _columns;
        for (int start = 0; start < result.Length; start += block)
            for (int r = 0; r < rowsOfBlock; r++)
                for (int c = 0; c < _columns; c++) result[start + c * rowsOfBlock + r] = (byte)_numbers[start + r * _columns + c];
        return result;
    }
}
