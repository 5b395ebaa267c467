using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlNetRnn.Kernels;

/// <summary>
/// A constant matrix M [N,K] in the order in which a product reads it: panels of neighboring rows, each column by column, so that memory is read in one stream.
/// Immutable, and therefore thread-safe.
/// </summary>
internal sealed class PackedMatrix
{
    private const int CacheLine = 64;

    private readonly float[] _memory;
    private readonly int _start, _lanes;

    /// <param name="numbers">[N,K], row by row.</param>
    /// <param name="rows">N.</param>
    /// <param name="columns">K.</param>
    /// <param name="lanes">Number of floats in a register: 16, 8 or 4. By default that of this processor.</param>
    public PackedMatrix(ReadOnlySpan<float> numbers, int rows, int columns, int? lanes = null)
    {
        if (rows < 1 || columns < 1 || numbers.Length != (long)rows * columns)
            throw new ArgumentException($"Matrix: expected {rows} × {columns} numbers, got {numbers.Length}.", nameof(numbers));
        (Rows, Columns, _lanes) = (rows, columns, lanes ?? PanelProduct.Lanes);
        int panel = Panel, length = checked(PaddedRows * columns);
        // Memory that does not move, because the start of a cache line depends on the address.
        _memory = GC.AllocateArray<float>(length + CacheLine / sizeof(float), pinned: true);
        _start = StartOfLine(_memory);
        Span<float> packed = _memory.AsSpan(_start, length);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> from = numbers.Slice(row * columns, columns);
            Span<float> to = packed[(row / panel * panel * columns + row % panel)..];
            for (int k = 0; k < from.Length; k++) to[k * panel] = from[k];
        }
    }

    /// <summary>N.</summary>
    public int Rows { get; }

    /// <summary>K.</summary>
    public int Columns { get; }

    /// <summary>N, rounded up to whole panels. The additional rows are 0.</summary>
    public int PaddedRows => (Rows + Panel - 1) / Panel * Panel;

    /// <summary>The number of bytes that a product reads.</summary>
    public long Bytes => (long)PaddedRows * Columns * sizeof(float);

    private int Panel => 2 * _lanes;

    private ReadOnlySpan<float> Packed => _memory.AsSpan(_start, PaddedRows * Columns);

    /// <summary>
    /// Computes y += x Mᵀ. A number of y is the same, to the last bit, whatever the number of rows of x and the kind of register: the columns are added one
    /// after another.
    /// </summary>
    /// <param name="x">[B,K], a row every <paramref name="xStride"/> numbers.</param>
    /// <param name="xStride">At least K.</param>
    /// <param name="y">[B,N], a row every <paramref name="yStride"/> numbers. A row has room for <see cref="PaddedRows"/> numbers.</param>
    /// <param name="yStride">At least <see cref="PaddedRows"/>.</param>
    /// <param name="count">B.</param>
    public unsafe void AddProduct(ReadOnlySpan<float> x, int xStride, Span<float> y, int yStride, int count)
    {
        if (count < 1 || xStride < Columns || x.Length < (count - 1L) * xStride + Columns)
            throw new ArgumentException($"Product: expected {count} rows of {Columns} numbers, got {x.Length} numbers, a row every {xStride}.", nameof(x));
        if (yStride < PaddedRows || y.Length < (count - 1L) * yStride + PaddedRows)
            throw new ArgumentException($"Product: expected room for {count} rows of {PaddedRows} numbers, got {y.Length}, a row every {yStride}.", nameof(y));
        fixed (float* m = Packed, from = x, to = y)
        {
            PanelProduct.Add(_lanes, new PanelTask
            {
                Matrix = m,
                PanelStride = Panel * Columns,
                Panels = PaddedRows / Panel,
                Columns = Columns,
                Rows = count,
                X = from,
                XStride = xStride,
                XStrideOfEight = 8 * xStride,
                XStep = 1,
                Y = to,
                YStride = yStride,
                Overwrites = false,
            });
        }
    }

    /// <summary>Copies row n of M.</summary>
    public void CopyRow(int n, Span<float> to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)n, (uint)Rows, nameof(n));
        ReadOnlySpan<float> from = Packed[(n / Panel * Panel * Columns + n % Panel)..];
        for (int k = 0; k < Columns; k++) to[k] = from[k * Panel];
    }

    private static unsafe int StartOfLine(float[] pinned)
    {
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        return (int)(-address & (CacheLine - 1)) / sizeof(float);
    }
}
