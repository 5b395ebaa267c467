using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlNetRnn.Decoding;
using MlNetRnn.Networks;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// Measures the generation of characters: without native code, with ONNX Runtime, and the limit of the machine, which is the time to read all weights once a
/// step.
/// </summary>
internal static class GenerationSpeed
{
    private const int Symbols = GenerationNetwork.Symbols;

    public static void Run(int rounds)
    {
        Console.WriteLine($"\nRegisters of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits");
        foreach (int hidden in new[] { 128, 256, 512 })
        {
            var network = new GenerationNetwork(hidden);
            // The same time for each size.
            int steps = Math.Max(1, (rounds == 1 ? 500 : 20_000) * 256 * 256 / (hidden * hidden));
            Networks(network, rounds, steps);
            if (hidden == 256) Decoders(network, rounds, steps);
        }
    }

    private static void Networks(GenerationNetwork network, int rounds, int steps)
    {
        using BoundLoop one = new(network, 1), eight = new(network, 8), many = new(network, 32);
        float[] weights = GC.AllocateArray<float>(network.WeightBytes / sizeof(float), pinned: true);
        Array.Fill(weights, 1);
        double[][] rates = Turns.Run($"Generation, LSTM {network.Hidden} over {Symbols} characters", "symbols", rounds,
            ("ONNX Runtime, bound buffers, 1 row", () => one.Run(steps)),
            ("managed, 1 row", Managed(1)),
            ("limit: reading the weights, 1 row", () => Read(weights, steps)),
            ("ONNX Runtime, bound buffers, 8 rows", () => eight.Run(steps / 4)),
            ("managed, 8 rows", Managed(8)),
            ("ONNX Runtime, bound buffers, 32 rows", () => many.Run(steps / 16)),
            ("managed, 32 rows", Managed(32)),
            ("managed, 32 rows, 2 threads", Managed(32, threads: 2)));
        Console.WriteLine();
        Turns.Compare("1 row: managed / ONNX Runtime", rates[1], rates[0]);
        Turns.Compare("1 row: managed / limit", rates[1], rates[2]);
        Turns.Compare("8 rows: managed / ONNX Runtime", rates[4], rates[3]);
        Turns.Compare("8 rows: time of a step / time of 1 row", [.. rates[1].Select(rate => 8 * rate)], rates[4]);
        Turns.Compare("32 rows: managed / ONNX Runtime", rates[6], rates[5]);
        Turns.Compare("32 rows / 1 row, symbols per second", rates[6], rates[1]);
        Turns.Compare("32 rows, 2 threads / 1 row, symbols per second", rates[7], rates[1]);

        Func<double> Managed(int rows, int threads = 1)
        {
            var steppable = new ManagedStepNetwork(network.Managed, rows, threads: threads);
            var symbols = new int[rows];
            var logProbabilities = new float[rows * Symbols];
            return () =>
            {
                int count = rows == 1 ? steps : steps * 2 / rows;
                for (int step = 0; step < count; step++)
                {
                    steppable.Read(symbols, logProbabilities);
                    for (int b = 0; b < rows; b++) symbols[b] = TensorPrimitives.IndexOfMax<float>(logProbabilities.AsSpan(b * Symbols, Symbols));
                }
                return (double)count * rows;
            };
        }
    }

    /// <summary>Sampling and beam search as users call them, except for the conversion between texts and symbols.</summary>
    private static void Decoders(GenerationNetwork network, int rounds, int steps)
    {
        const int Length = 200;
        var options = new RnnGenerationOptions { MaximumLength = Length, StopAtDocumentEnd = false, Seed = 1 };
        double[][] rates = Turns.Run($"Decoding, LSTM {network.Hidden} over {Symbols} characters, sequences of {Length}", "symbols", rounds,
            ("sampling, 1 stream", () => Sample(1, 1)),
            ("beam search, width 8", Search),
            ("sampling, 32 prompts", () => Sample(32, 1)),
            ("sampling, 32 prompts, 2 threads", () => Sample(32, 2)));
        Console.WriteLine();
        Turns.Compare("time of a symbol: beam search, width 8 / 1 stream", rates[0], rates[1]);
        Turns.Compare("symbols per second: 32 prompts / 1 stream", rates[2], rates[0]);
        Turns.Compare("symbols per second: 32 prompts, 2 threads / 1 stream", rates[3], rates[0]);

        double Sample(int rows, int threads)
        {
            double count = 0;
            for (int i = 0; i < Math.Max(1, steps / Length / (rows == 1 ? 1 : rows / 2)); i++)
            {
                using var model = new ManagedStepNetwork(network.Managed, rows, threads: threads);
                var sampler = new SymbolSampler(model, options, [.. Enumerable.Repeat(new GenerationStart([]), rows)]);
                while (sampler.Step() is { Count: > 0 } step) count += step.Count;
            }
            return count;
        }

        double Search()
        {
            double count = 0;
            for (int i = 0; i < Math.Max(1, steps / Length / 4); i++)
            {
                using var model = new ManagedStepNetwork(network.Managed, 1);
                count += new SymbolBeamSearch(model, options with { BeamWidth = 8 }).Find(new GenerationStart([]))[0].Symbols.Length;
            }
            return count;
        }
    }

    private static double Read(float[] weights, int steps)
    {
        nuint start = (nuint)(-Marshal.UnsafeAddrOfPinnedArrayElement(weights, 0) & 63) / sizeof(float);
        for (int step = 0; step < steps; step++)
            GC.KeepAlive(Vector512.IsHardwareAccelerated ? Sum(weights, start) : TensorPrimitives.Sum<float>(weights));
        return steps;
    }

    /// <summary>Reads whole cache lines into eight independent sums, which is faster than TensorPrimitives.</summary>
    private static float Sum(float[] numbers, nuint start)
    {
        const int Lanes = 16, Block = 8 * Lanes;
        ref float x = ref numbers[0];
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (nuint i = start; i + Block <= (nuint)numbers.Length; i += Block)
        {
            (a, b) = (a + Vector512.LoadUnsafe(ref x, i), b + Vector512.LoadUnsafe(ref x, i + Lanes));
            (c, d) = (c + Vector512.LoadUnsafe(ref x, i + 2 * Lanes), d + Vector512.LoadUnsafe(ref x, i + 3 * Lanes));
            (e, f) = (e + Vector512.LoadUnsafe(ref x, i + 4 * Lanes), f + Vector512.LoadUnsafe(ref x, i + 5 * Lanes));
            (g, h) = (g + Vector512.LoadUnsafe(ref x, i + 6 * Lanes), h + Vector512.LoadUnsafe(ref x, i + 7 * Lanes));
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }
}
