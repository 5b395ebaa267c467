using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>A rectangle of numbers inside a contiguous tensor on the CPU, row-major with a stride.</summary>
internal readonly unsafe struct Matrix
{
    private readonly Tensor _tensor;
    private readonly long _offset;

    /// <param name="tensor">A contiguous tensor; its last dimension gives the columns, all others the rows.</param>
    public Matrix(Tensor tensor)
        : this(tensor, tensor.Pointer(), 0, (int)(tensor.numel() / tensor.shape[^1]), (int)tensor.shape[^1], (int)tensor.shape[^1])
    {
    }

    /// <summary>The first numbers of a tensor that may hold more.</summary>
    public Matrix(Tensor tensor, int rows, int columns)
        : this(tensor, tensor.Pointer(), 0, rows, columns, columns)
    {
    }

    private Matrix(Tensor tensor, float* data, long offset, int rows, int columns, int stride)
    {
        (_tensor, _offset, Rows, Columns, Stride) = (tensor, offset, rows, columns, stride);
        Data = data;
    }

    public float* Data { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>From one row to the next.</summary>
    public int Stride { get; }

    public float* Row(int row) => Data + (long)row * Stride;

    public Span<float> RowSpan(int row) => new(Row(row), Columns);

    public void Clear()
    {
        for (int row = 0; row < Rows; row++) RowSpan(row).Clear();
    }

    public Matrix Slice(int row, int rows) => Slice(row, rows, 0, Columns);

    public Matrix Slice(int row, int rows, int column, int columns)
    {
        long skip = (long)row * Stride + column;
        return new Matrix(_tensor, Data + skip, _offset + skip, rows, columns, Stride);
    }

    public Matrix SliceColumns(int column, int columns) => Slice(0, Rows, column, columns);

    /// <summary>The same numbers as a tensor, for the platforms where libtorch does not lend its matrix product.</summary>
    public Tensor AsTensor() => _tensor.as_strided([Rows, Columns], [Stride, 1], _offset);
}
