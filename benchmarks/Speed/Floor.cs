using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// The limits of the machine on one thread: matrix products with the shapes of a recurrent network, and memory reads. No recurrent layer can be faster.
/// </summary>
internal static class Floor
{
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(0.3);

    public static void Run()
    {
        torch.set_num_threads(1);
        Console.WriteLine("\nOne thread\n\n| what | median (least … greatest of 5) |\n|---|---|");
        ProductKernel chosen = MatrixProduct.Kernel;
        foreach (ProductKernel kernel in new[] { ProductKernel.Managed, ProductKernel.Blas })
        {
            MatrixProduct.Kernel = kernel;
            string with = $"{kernel}{(kernel == chosen ? ", the kernel for this processor" : "")}: ";
            Print(with + "a batch's different words and the input weights, [400,128] · [128,512]", "GFLOP/s", Product(400, 512, 128));
            Print(with + "a step of 32 rows and the recurrent weights, [32,128] · [128,512]", "GFLOP/s", PackedProduct(32, 512, 128));
            Print(with + "a step of one row and the recurrent weights, [1,128] · [128,512]", "GFLOP/s", PackedProduct(1, 512, 128));
            Print(with + "64 × 64 symbols and the input weights, [4096,256] · [256,1024]", "GFLOP/s", Product(4096, 1024, 256));
            Print(with + "the gradient of these weights, [1024,4096] · [4096,256]", "GFLOP/s", Product(1024, 256, 4096, transposeA: true));
            Print(with + "a step of 64 rows and the recurrent weights, [64,256] · [256,1024]", "GFLOP/s", PackedProduct(64, 1024, 256));
            Print(with + "a step backward, [64,1024] · [1024,256]", "GFLOP/s", PackedProduct(64, 256, 1024));
        }
        MatrixProduct.Kernel = chosen;
        Print("reading 256 KB again and again: the recurrent weights of a direction", "GB/s", Reading(256 << 10));
        Print("reading 1 MB again and again: all weights of an LSTM of 128 + 128", "GB/s", Reading(1 << 20));
        Print("reading 512 MB", "GB/s", Reading(512 << 20));
    }

    private static Func<double> Product(int m, int n, int k, bool transposeA = false)
    {
        var c = new Matrix(torch.zeros(m, n));
        var a = new Matrix(transposeA ? torch.ones(k, m) : torch.ones(m, k));
        var b = new Matrix(transposeA ? torch.ones(k, n) : torch.ones(n, k));
        return () =>
        {
            MatrixProduct.Compute(c, 0, a, b, transposeA, transposeB: !transposeA);
            return 2e-9 * m * n * k;
        };
    }

    // Recurrent weights are packed once for all steps.
    private static Func<double> PackedProduct(int m, int n, int k)
    {
        var (c, a) = (new Matrix(torch.zeros(m, n)), new Matrix(torch.ones(m, k)));
        PackedOperand b = MatrixProduct.Pack(new Matrix(torch.ones(n, k)), new BufferPool().Open(), transpose: true);
        return () =>
        {
            MatrixProduct.Compute(c, 0, a, b);
            return 2e-9 * m * n * k;
        };
    }

    private static Func<double> Reading(int bytes)
    {
        var numbers = new float[bytes / sizeof(float)];
        // Memory that was never written is one shared page of zeros.
        Array.Fill(numbers, 1);
        return () =>
        {
            GC.KeepAlive(TensorPrimitives.Sum<float>(numbers));
            return 1e-9 * bytes;
        };
    }

    private static void Print(string what, string unit, Func<double> work)
    {
        var rates = new double[Rounds];
        for (int round = -1; round < Rounds; round++)
        {
            double done = 0;
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < Round) for (int i = 0; i < 8; i++) done += work();
            if (round >= 0) rates[round] = done / watch.Elapsed.TotalSeconds;
        }
        Array.Sort(rates);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {rates[Rounds / 2]:F0} ({rates[0]:F0} … {rates[^1]:F0}) {unit} |"));
    }
}
