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
    private const int Embedding = 128, Gates = 512, Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(0.3);

    public static void Run()
    {
        torch.set_num_threads(1);
        Console.WriteLine("\nOne thread\n\n| what | median (least … greatest of 5) |\n|---|---|");
        Print("products of a batch's different words with the input weights, [400,128] · [128,512]", "GFLOP/s", Product(400));
        Print("products of a step of 32 rows with the recurrent weights, [32,128] · [128,512]", "GFLOP/s", Product(32));
        Print("products of a step of one row, [1,128] · [128,512]", "GFLOP/s", Product(1));
        Print("reading 256 KB again and again: the recurrent weights of a direction", "GB/s", Reading(256 << 10));
        Print("reading 1 MB again and again: all weights of an LSTM of 128 + 128", "GB/s", Reading(1 << 20));
        Print("reading 512 MB", "GB/s", Reading(512 << 20));
    }

    private static Func<double> Product(int rows)
    {
        var c = new Matrix(torch.zeros(rows, Gates));
        var a = new Matrix(torch.ones(rows, Embedding));
        var b = new Matrix(torch.ones(Gates, Embedding));
        return () =>
        {
            MatrixProduct.Compute(c, 0, a, b, transposeB: true);
            return 2e-9 * rows * Embedding * Gates;
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
