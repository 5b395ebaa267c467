using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>A matrix inside a contiguous tensor on the CPU, row-major with a stride.</summary>
internal readonly unsafe struct Matrix
{
    private readonly Tensor _tensor;
    private readonly long _offset;

    /// <param name="tensor">A contiguous tensor. Its last dimension gives the columns, the product of the others gives the rows.</param>
    public Matrix(Tensor tensor)
        : this(tensor, tensor.Pointer(), 0, (int)(tensor.numel() / tensor.shape[^1]), (int)tensor.shape[^1], (int)tensor.shape[^1])
    {
    }

    /// <summary>Initializes a matrix with the first numbers of a tensor, which may contain more.</summary>
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

    /// <summary>Distance from one row to the next, in numbers.</summary>
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

    /// <summary>Returns the same numbers as a tensor, for platforms on which libtorch does not export its matrix product.</summary>
    public Tensor AsTensor() => _tensor.as_strided([Rows, Columns], [Stride, 1], _offset);
}
