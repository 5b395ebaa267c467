using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>y = M x + b. Immutable, and therefore thread-safe.</summary>
internal sealed class AffineMap
{
    private readonly PackedMatrix _matrix;
    private readonly float[] _bias;

    /// <param name="matrix">M, [N,K].</param>
    /// <param name="bias">b, [N].</param>
    /// <param name="padding">The value of the additional numbers of y.</param>
    public AffineMap(PackedMatrix matrix, ReadOnlySpan<float> bias, float padding = 0)
    {
        _matrix = matrix;
        Stride = (matrix.PaddedRows + Simd.Width - 1) / Simd.Width * Simd.Width;
        _bias = new float[Stride];
        _bias.AsSpan().Fill(padding);
        bias.CopyTo(_bias);
    }

    public AffineMap(LinearDescription linear, float padding = 0)
        : this(new PackedMatrix(linear.Weight.Numbers, linear.Weight.Rows, linear.Weight.Columns), linear.Bias, padding)
    {
    }

    /// <summary>The length of a row of y: N, rounded up.</summary>
    public int Stride { get; }

    /// <summary>The number of bytes that a product reads.</summary>
    public long Bytes => _matrix.Bytes;

    /// <param name="x">[B,K], a row every <paramref name="xStride"/> numbers.</param>
    /// <param name="xStride">At least K.</param>
    /// <param name="y">Receives [B,stride].</param>
    /// <param name="count">B.</param>
    public void Compute(ReadOnlySpan<float> x, int xStride, Span<float> y, int count)
    {
        for (int b = 0; b < count; b++) _bias.CopyTo(y.Slice(b * Stride, Stride));
        _matrix.AddProduct(x, xStride, y, Stride, count);
    }
}
