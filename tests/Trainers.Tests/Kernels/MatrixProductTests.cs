using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Kernels;

[Collection(nameof(ProductKernels))]
public class MatrixProductTests
{
    // Beyond one part of each operand of the managed kernel in M, N and K, and edges of its tiles and panels.
    private static readonly (int M, int N, int K)[] Sizes =
    [
        (1, 1, 1), (3, 5, 7), (8, 32, 16), (9, 33, 17), (15, 31, 4), (64, 96, 257), (7, 64, 513), (131, 40, 30), (130, 1030, 259), (2, 1056, 300), (300, 3, 64),
    ];

    [Fact]
    public void The_product_is_right_for_all_sizes_and_transposes()
    {
        var random = new Random(1);
        foreach (var (m, n, k) in Sizes)
        {
            for (int mode = 0; mode < 8; mode++)
                using (var problem = new ProductProblem(random, m, n, k, transposeA: (mode & 1) > 0, transposeB: (mode & 2) > 0, adds: (mode & 4) > 0))
                    ProductKernels.WithEach(problem.AssertRight);
        }
    }

    [Property(MaxTest = 100)]
    public Property The_product_is_right_for_random_sizes()
    {
        // Small sizes are more frequent.
        Gen<int> Size(int most) => Gen.Choose(0, 100).Select(i => 1 + (int)(most * Math.Pow(i / 100.0, 3)));
        Gen<bool> coin = Gen.Elements(false, true);
        var problems =
            from m in Size(300)
            from n in Size(400)
            from k in Size(600)
            from seed in Gen.Choose(0, 1000)
            from transposeA in coin
            from transposeB in coin
            from adds in coin
            select (m, n, k, seed, transposeA, transposeB, adds);
        return Prop.ForAll(problems.ToArbitrary(), given =>
        {
            using var problem = new ProductProblem(new Random(given.seed), given.m, given.n, given.k, given.transposeA, given.transposeB, given.adds);
            ProductKernels.WithEach(problem.AssertRight);
        });
    }

    /// <summary>A layer may divide a product among threads, and a batch has any number of rows.</summary>
    [Fact]
    public void The_last_bit_depends_neither_on_other_rows_and_columns_nor_on_packing()
    {
        const int M = 140, N = 1100, K = 600;
        using DisposeScope scope = NewDisposeScope();
        using var problem = new ProductProblem(new Random(3), M, N, K, transposeA: false, transposeB: true, adds: true);
        using var buffers = new BufferPool();
        (ProductKernel, int) before = (MatrixProduct.Kernel, BlockedProduct.Lanes);
        try
        {
            float[]? first = null;
            foreach ((ProductKernel kernel, int lanes) in ProductKernels.All.Where(each => each.Kernel == ProductKernel.Managed))
            {
                (MatrixProduct.Kernel, BlockedProduct.Lanes) = (kernel, lanes);
                float[] whole = problem.Compute();
                if (Fma.IsSupported) Assert.Equal(first ??= whole, whole);
                Assert.Equal(whole, problem.ComputeInParts(rows: 37, columns: 301));
                using BufferPool.Lease lease = buffers.Open();
                Assert.Equal(whole, problem.ComputePacked(lease));
            }
        }
        finally
        {
            (MatrixProduct.Kernel, BlockedProduct.Lanes) = before;
        }
    }

    [Fact]
    public void Threads_can_compute_products_at_the_same_time()
    {
        using var problem = new ProductProblem(new Random(4), 70, 130, 290, transposeA: true, transposeB: false, adds: false);
        ProductKernels.WithEach(() => Parallel.For(0, 16, _ => problem.AssertRight()));
    }

    [Fact]
    public void An_empty_product_is_allowed()
    {
        using DisposeScope scope = NewDisposeScope();
        ProductKernels.WithEach(() =>
        {
            Matrix c = new(ones(2, 3)), a = new(ones(2, 4)), b = new(ones(4, 3));
            MatrixProduct.Compute(c.Slice(0, 0), 0, a.Slice(0, 0), b);
            Assert.Equal([1f, 1f, 1f], c.RowSpan(0).ToArray());
        });
    }

    [Fact]
    public void The_processor_determines_the_kernel()
    {
        bool isIntel = X86Base.IsSupported && X86Base.CpuId(0, 0).Ebx == 0x756E6547;
        Assert.Equal(Vector512.IsHardwareAccelerated && !isIntel, MatrixProduct.Kernel == ProductKernel.Managed);
    }
}
