using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MlNetRnn.Kernels;

namespace MlNetRnn.Benchmarks;

/// <summary>The processor that a benchmark runs on, and the instruction set that .NET uses.</summary>
internal static class Machine
{
    /// <summary>Processor, number of logical processors, instruction set, size of the registers, and the kernel of matrix products.</summary>
    public static string Description =>
        $"{Processor}, {Environment.ProcessorCount} logical processor(s); .NET uses {InstructionSet}, registers of {RegisterBits} bits; "
        + $"matrix products: {MatrixProduct.Kernel}";

    private static string InstructionSet =>
        Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : RuntimeInformation.ProcessArchitecture + " without AVX2";

    private static int RegisterBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static string Processor
    {
        get
        {
            const string Linux = "/proc/cpuinfo", Label = "model name";
            string? line = File.Exists(Linux) ? File.ReadLines(Linux).FirstOrDefault(text => text.StartsWith(Label, StringComparison.Ordinal)) : null;
            return line?[(line.IndexOf(':') + 1)..].Trim()
                ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
                ?? $"unknown {RuntimeInformation.ProcessArchitecture} processor";
        }
    }
}
