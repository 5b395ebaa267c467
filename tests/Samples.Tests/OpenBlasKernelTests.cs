using System.Runtime.Intrinsics.X86;
using MlNetRnn.Benchmarks;

namespace MlNetRnn.Samples.Tests;

/// <summary>The kernels that the benchmark of PyTorch sets.</summary>
public sealed class OpenBlasKernelTests
{
    [Theory]
    [InlineData(true, true, "SkylakeX", "AVX-512")]
    [InlineData(false, true, "Haswell", "AVX2")]
    [InlineData(false, false, null, "neither AVX2 nor AVX-512")]
    public void Kernels_are_those_that_the_processor_supports(bool hasAvx512, bool hasAvx2, string? coreType, string instructionSet) =>
        Assert.Equal(new OpenBlasKernel(coreType, instructionSet), OpenBlasKernel.Of(hasAvx512, hasAvx2));

    [Fact]
    public void This_processor_runs_the_current_kernels() => Assert.Equal(OpenBlasKernel.Of(Avx512F.IsSupported, Avx2.IsSupported), OpenBlasKernel.Current);

    [Fact]
    public void The_choice_is_printed_with_its_instruction_set()
    {
        Assert.Equal("OpenBLAS kernels: OPENBLAS_CORETYPE=Haswell; instruction set: AVX2", $"{OpenBlasKernel.Of(hasAvx512: false, hasAvx2: true)}");
        Assert.Equal("OpenBLAS kernels: its own choice; instruction set: neither AVX2 nor AVX-512", $"{OpenBlasKernel.Of(hasAvx512: false, hasAvx2: false)}");
    }
}
