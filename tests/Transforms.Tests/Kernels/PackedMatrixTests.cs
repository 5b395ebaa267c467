using MlNetRnn.Kernels;

namespace MlNetRnn.Transforms.Tests.Kernels;

public class PackedMatrixTests
{
    private static readonly int[] Registers = [4, 8, 16];

    [Fact]
    public void The_product_is_right_for_all_sizes_rows_and_registers()
    {
        foreach (int n in new[] { 1, 15, 32, 33, 100, 200 })
        {
            foreach (int k in new[] { 1, 3, 17, 64 })
            {
                (float[] m, float[] x) = (Random(n * k), Random(13 * (k + 2)));
                foreach (int lanes in Registers)
                {
                    var packed = new PackedMatrix(m, n, k, lanes);
                    foreach (int rows in new[] { 1, 2, 3, 4, 6, 8, 13 }) AssertProduct(packed, m, x, k + 2, rows);
                }
            }
        }
    }

    /// <summary>Sums have the same order everywhere, so that a result depends neither on the other rows nor on the processor.</summary>
    [Fact]
    public void The_last_bit_depends_neither_on_the_number_of_rows_nor_on_the_register()
    {
        const int N = 150, K = 333, Rows = 15;
        (float[] m, float[] x) = (Random(N * K), Random(Rows * K));
        float[]? first = null;
        foreach (int lanes in Registers)
        {
            var packed = new PackedMatrix(m, N, K, lanes);
            for (int rows = 1; rows <= Rows; rows++)
            {
                float[] last = Product(packed, x.AsSpan((Rows - rows) * K), K, rows)[^1][..N];
                Assert.Equal(first ??= last, last);
            }
        }
    }

    [Fact]
    public void Rows_can_be_read_back()
    {
        float[] m = Random(7 * 5), row = new float[5];
        foreach (int lanes in Registers)
        {
            var packed = new PackedMatrix(m, 7, 5, lanes);
            for (int n = 0; n < 7; n++)
            {
                packed.CopyRow(n, row);
                Assert.Equal(m[(n * 5)..(n * 5 + 5)], row);
            }
            Assert.Throws<ArgumentOutOfRangeException>(() => packed.CopyRow(7, row));
        }
    }

    /// <summary>The product reads memory without checks, so what it will read is checked before.</summary>
    [Fact]
    public void Arrays_that_are_too_short_are_refused()
    {
        var packed = new PackedMatrix(Random(40 * 5), 40, 5);
        int room = packed.PaddedRows;
        Assert.Throws<ArgumentException>(() => new PackedMatrix(new float[9], 2, 5));
        Assert.Throws<ArgumentException>(() => packed.AddProduct(new float[9], 5, new float[2 * room], room, 2));
        Assert.Throws<ArgumentException>(() => packed.AddProduct(new float[10], 5, new float[2 * room - 1], room, 2));
        Assert.Throws<ArgumentException>(() => packed.AddProduct(new float[10], 4, new float[2 * room], room, 2));
        Assert.Throws<ArgumentException>(() => packed.AddProduct(new float[10], 5, new float[2 * room], room - 1, 2));
        Assert.Throws<ArgumentException>(() => packed.AddProduct(new float[10], 5, new float[2 * room], room, 0));
    }

    private static void AssertProduct(PackedMatrix packed, float[] m, float[] x, int xStride, int rows)
    {
        float[][] y = Product(packed, x, xStride, rows);
        for (int b = 0; b < rows; b++)
        {
            for (int n = 0; n < packed.PaddedRows; n++)
            {
                double expected = 0.5;
                for (int k = 0; k < packed.Columns && n < packed.Rows; k++) expected += (double)m[n * packed.Columns + k] * x[b * xStride + k];
                Assert.Equal(expected, y[b][n], 1e-5);
            }
        }
    }

    /// <summary>Computes 0.5 + x Mᵀ, and checks that the numbers between the rows of y are unchanged.</summary>
    private static float[][] Product(PackedMatrix packed, ReadOnlySpan<float> x, int xStride, int rows)
    {
        int stride = packed.PaddedRows + 3;
        var y = new float[rows * stride];
        Array.Fill(y, 0.5f);
        packed.AddProduct(x, xStride, y, stride, rows);
        for (int b = 0; b < rows; b++) Assert.Equal([0.5f, 0.5f, 0.5f], y.AsSpan((b + 1) * stride - 3, 3));
        return [.. Enumerable.Range(0, rows).Select(b => y[(b * stride)..(b * stride + packed.PaddedRows)])];
    }

    private static float[] Random(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }
}
