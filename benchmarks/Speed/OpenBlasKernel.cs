using System.Runtime.Intrinsics.X86;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// The kernels of OpenBLAS that a peer uses, and their instruction set. An older OpenBLAS may not recognize a newer processor and then uses slower kernels,
/// so the choice is made here. Kernels that the processor cannot run end the process with "Illegal instruction".
/// </summary>
/// <param name="CoreType">The value of OPENBLAS_CORETYPE; <see langword="null"/> to let OpenBLAS choose.</param>
/// <param name="InstructionSet">The instruction set of the kernels.</param>
internal sealed record OpenBlasKernel(string? CoreType, string InstructionSet)
{
    /// <summary>The fastest kernels that this processor can run.</summary>
    public static OpenBlasKernel Current => Of(Avx512F.IsSupported, Avx2.IsSupported);

    /// <summary>Chooses by the instruction sets of a processor.</summary>
    public static OpenBlasKernel Of(bool hasAvx512, bool hasAvx2) =>
        hasAvx512 ? new OpenBlasKernel("SkylakeX", "AVX-512")
        : hasAvx2 ? new OpenBlasKernel("Haswell", "AVX2")
        : new OpenBlasKernel(null, "neither AVX2 nor AVX-512");

    public override string ToString()
    {
        string choice = CoreType is null ? "its own choice" : $"OPENBLAS_CORETYPE={CoreType}";
        return $"OpenBLAS kernels: {choice}; instruction set: {InstructionSet}";
    }
}
