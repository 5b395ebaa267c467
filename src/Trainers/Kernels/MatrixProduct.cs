using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TorchSharp;

namespace MlNetRnn.Kernels;

/// <summary>
/// The matrix product C ← βC + op(A)·op(B), with β = 0 or 1. The MKL in libtorch does not use AVX-512 on processors that are not from Intel; there, the kernel
/// of this library is twice as fast. Elsewhere, the product calls the BLAS of libtorch directly if libtorch exports it (on Linux), and a tensor operation
/// otherwise. The kernels of the cells call it once per time step, where the overhead of a tensor operation would exceed the cost of the product.
/// </summary>
internal static unsafe class MatrixProduct
{
    private const int GenuineIntel = 0x756E6547;        // the start of the name of the manufacturer

    private static readonly nint Sgemm = FindSgemm();

    /// <summary>Whether the product can call BLAS directly.</summary>
    public static bool HasBlas => Sgemm != 0;

    /// <summary>The kernel in use. The processor and the operating system determine it, so that a machine always computes the same; tests replace it.</summary>
    internal static ProductKernel Kernel { get; set; } = Default;

    private static ProductKernel Default =>
        Vector512.IsHardwareAccelerated && !IsIntel ? ProductKernel.Managed : HasBlas ? ProductKernel.Blas : ProductKernel.Tensors;

    private static bool IsIntel => X86Base.IsSupported && X86Base.CpuId(0, 0).Ebx == GenuineIntel;

    /// <summary>Computes C ← βC + op(A)·op(B). If β is 0, C may contain anything, even NaN.</summary>
    public static void Compute(Matrix c, float beta, Matrix a, Matrix b, bool transposeA = false, bool transposeB = false)
    {
        if (c.Rows == 0) return;
        if (Kernel == ProductKernel.Managed) BlockedProduct.Compute(c, Adds(beta), a, transposeA, b, transposeB);
        else ComputeWithLibtorch(c, beta, a, b, transposeA, transposeB);
    }

    /// <summary>Computes C ← βC + A·op(B), where op(B) was packed once for many products.</summary>
    public static void Compute(Matrix c, float beta, Matrix a, PackedOperand b)
    {
        if (c.Rows == 0) return;
        if (b.IsPacked) BlockedProduct.Compute(c, Adds(beta), a, transposeA: false, b);
        else ComputeWithLibtorch(c, beta, a, b.Source, transposeA: false, b.IsTransposed);
    }

    /// <summary>Prepares op(B) for many products with memory of <paramref name="buffers"/>.</summary>
    public static PackedOperand Pack(Matrix b, BufferPool.Lease buffers, bool transpose = false)
    {
        if (Kernel != ProductKernel.Managed) return new PackedOperand(b, transpose);
        var (rows, columns) = transpose ? (b.Columns, b.Rows) : (b.Rows, b.Columns);
        int panels = (columns + BlockedProduct.PanelWidth - 1) / BlockedProduct.PanelWidth;
        return new PackedOperand(b, transpose, buffers.Rent(panels * BlockedProduct.PanelWidth, rows));
    }

    private static bool Adds(float beta) =>
        beta is 0 or 1 ? beta == 1 : throw new ArgumentOutOfRangeException(nameof(beta), beta, "Matrix product: expected β = 0 or 1.");

    private static void ComputeWithLibtorch(Matrix c, float beta, Matrix a, Matrix b, bool transposeA, bool transposeB)
    {
        if (Kernel == ProductKernel.Tensors || !HasBlas) ComputeWithTensors(c, beta, a, b, transposeA, transposeB);
        else ComputeDirect(c, beta, a, b, transposeA, transposeB);
    }

    // BLAS is column-major. A row-major product C = A·B is Cᵀ = Bᵀ·Aᵀ there, so the operands are swapped.
    private static void ComputeDirect(Matrix c, float beta, Matrix a, Matrix b, bool transposeA, bool transposeB)
    {
        byte firstMode = (byte)(transposeB ? 'T' : 'N'), secondMode = (byte)(transposeA ? 'T' : 'N');
        int m = c.Columns, n = c.Rows, k = transposeA ? a.Rows : a.Columns;
        int firstStride = b.Stride, secondStride = a.Stride, resultStride = c.Stride;
        float alpha = 1;
        var sgemm = (delegate* unmanaged[Cdecl]<byte*, byte*, int*, int*, int*, float*, float*, int*, float*, int*, float*, float*, int*, void>)Sgemm;
        sgemm(&firstMode, &secondMode, &m, &n, &k, &alpha, b.Data, &firstStride, a.Data, &secondStride, &beta, c.Data, &resultStride);
    }

    private static void ComputeWithTensors(Matrix c, float beta, Matrix a, Matrix b, bool transposeA, bool transposeB)
    {
        using torch.Tensor target = c.AsTensor(), first = a.AsTensor(), second = b.AsTensor();
        using torch.Tensor left = transposeA ? first.t() : first.alias(), right = transposeB ? second.t() : second.alias();
        target.addmm_(left, right, beta, 1);            // with a factor of 0, libtorch ignores the previous content, even NaN
    }

    private static nint FindSgemm()
    {
        bool found = NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out nint library);
        return found && NativeLibrary.TryGetExport(library, "sgemm_", out nint sgemm) ? sgemm : 0;
    }
}
