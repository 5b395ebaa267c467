using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MlNetRnn.Quantization;

/// <summary>
/// A matrix of weights as 8-bit integers: w ≈ scale · q, with one scale per row, so that rows of small weights are as accurate as rows of large ones.
/// </summary>
internal sealed class Int8Weights
{
    /// <summary>
    /// Largest integer in a factor of a matrix product. On processors without VNNI, ONNX Runtime adds pairs of 8-bit products in 16 bits, where 255 · 127 · 2
    /// overflows and 255 · 63 · 2 does not. With 7-bit weights, the result is the same on every machine.
    /// </summary>
    public const int MaximumFactor = 63;

    /// <summary>Largest integer in a table, whose numbers are only looked up.</summary>
    public const int Maximum = 127;

    private readonly sbyte[] _numbers;
    private readonly int _columns;

    /// <param name="weights">[R,C]</param>
    /// <param name="columns">C.</param>
    /// <param name="maximum">The integer that represents the largest weight of a row.</param>
    public Int8Weights(ReadOnlySpan<float> weights, int columns, int maximum)
    {
        (_columns, _numbers, Scales) = (columns, new sbyte[weights.Length], new float[weights.Length / columns]);
        for (int row = 0; row < Scales.Length; row++)
        {
            ReadOnlySpan<float> own = weights.Slice(row * columns, columns);
            float largest = Math.Abs(TensorPrimitives.MaxMagnitude(own));
            // The scale of a row of zeros is arbitrary.
            float scale = Scales[row] = largest == 0 ? 1 : largest / maximum;
            for (int c = 0; c < columns; c++) _numbers[row * columns + c] = (sbyte)Math.Clamp(MathF.Round(own[c] / scale), -maximum, maximum);
        }
    }

    /// <summary>Scale of each row, [R].</summary>
    public float[] Scales { get; }

    /// <summary>The integers, [R,C].</summary>
    public ReadOnlySpan<byte> Rows => MemoryMarshal.AsBytes<sbyte>(_numbers);

    /// <summary>Returns the integers with each block of B rows transposed: [R/B,B,C] → [R/B,C,B].</summary>
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
