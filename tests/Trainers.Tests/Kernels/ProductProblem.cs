using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Kernels;

/// <summary>A product of random matrices inside larger ones, and its result in double precision.</summary>
internal sealed class ProductProblem : IDisposable
{
    private const int Around = 3;

    private readonly Matrix _a, _b;
    private readonly Tensor[] _tensors;
    private readonly bool _transposeA, _transposeB, _adds;
    private readonly int _m, _n, _k;
    private readonly float[] _start;
    private readonly double[] _expected, _sizes;

    public ProductProblem(Random random, int m, int n, int k, bool transposeA, bool transposeB, bool adds)
    {
        (_m, _n, _k, _transposeA, _transposeB, _adds) = (m, n, k, transposeA, transposeB, adds);
        (Tensor first, _a) = Inside(random, transposeA ? k : m, transposeA ? m : k);
        (Tensor second, _b) = Inside(random, transposeB ? n : k, transposeB ? k : n);
        _tensors = [first, second];
        _start = [.. Enumerable.Range(0, m * n).Select(_ => adds ? random.NextSingle() - 0.5f : float.NaN)];
        (_expected, _sizes) = (new double[m * n], new double[m * n]);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = adds ? _start[i * n + j] : 0, size = Math.Abs(sum);
                for (int h = 0; h < k; h++)
                {
                    double term = (double)(transposeA ? _a.RowSpan(h)[i] : _a.RowSpan(i)[h]) * (transposeB ? _b.RowSpan(j)[h] : _b.RowSpan(h)[j]);
                    (sum, size) = (sum + term, size + Math.Abs(term));
                }
                (_expected[i * n + j], _sizes[i * n + j]) = (sum, size);
            }
        }
    }

    public float[] Compute() => Result(c => MatrixProduct.Compute(c, Beta, _a, _b, _transposeA, _transposeB));

    public float[] ComputePacked(BufferPool.Lease buffers)
    {
        PackedOperand b = MatrixProduct.Pack(_b, buffers, _transposeB);
        return Result(c => MatrixProduct.Compute(c, Beta, _a, b));
    }

    /// <summary>Computes the product of a matrix that is not transposed with one that is, part by part.</summary>
    public float[] ComputeInParts(int rows, int columns) => Result(c =>
    {
        for (int i = 0; i < _m; i += rows)
        {
            for (int j = 0; j < _n; j += columns)
            {
                int height = Math.Min(rows, _m - i), width = Math.Min(columns, _n - j);
                MatrixProduct.Compute(c.Slice(i, height, j, width), Beta, _a.Slice(i, height), _b.Slice(j, width), transposeB: true);
            }
        }
    });

    /// <summary>Compares the product, and that of the packed right operand, with the result in double precision.</summary>
    public void AssertRight()
    {
        AssertRight(Compute());
        if (_transposeA) return;
        using var pool = new BufferPool();
        using BufferPool.Lease buffers = pool.Open();
        AssertRight(ComputePacked(buffers));
    }

    public void Dispose() => Array.ForEach(_tensors, tensor => tensor.Dispose());

    private float Beta => _adds ? 1 : 0;

    private void AssertRight(float[] actual)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            // Also false if the number is NaN.
            bool close = Math.Abs(actual[i] - _expected[i]) <= 1e-5 * _sizes[i];
            Assert.True(close, $"{MatrixProduct.Kernel} {BlockedProduct.Lanes}, {_m} × {_n} × {_k}, {_transposeA} {_transposeB} {_adds}, at {i}: {actual[i]}");
        }
    }

    // The numbers around C must not change.
    private float[] Result(Action<Matrix> compute)
    {
        using Tensor tensor = full([_m + 2 * Around, _n + 2 * Around], 7f);
        Matrix all = new(tensor), c = all.Slice(Around, _m, Around, _n);
        for (int i = 0; i < _m; i++) _start.AsSpan(i * _n, _n).CopyTo(c.RowSpan(i));
        compute(c);
        float[] result = new float[_m * _n];
        for (int i = 0; i < _m; i++)
        {
            c.RowSpan(i).CopyTo(result.AsSpan(i * _n));
            c.RowSpan(i).Fill(7);
        }
        Assert.Equal(-1, tensor.Span().IndexOfAnyExcept(7f));
        return result;
    }

    // NaN around an operand must not be read.
    private static (Tensor Tensor, Matrix Matrix) Inside(Random random, int rows, int columns)
    {
        Tensor tensor = full([rows + 2 * Around, columns + 2 * Around], float.NaN);
        Matrix matrix = new Matrix(tensor).Slice(Around, rows, Around, columns);
        for (int i = 0; i < rows; i++)
            foreach (ref float number in matrix.RowSpan(i)) number = random.NextSingle() - 0.5f;
        return (tensor, matrix);
    }
}
