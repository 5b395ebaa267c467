using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetRnn.Kernels;

/// <summary>
/// C ← βC + op(A)·op(B), straight from libtorch's own BLAS where it exports one (Linux), through a tensor operation elsewhere. The
/// kernels of the cells call it once a time step: the operator machinery around it would cost more than the product.
/// </summary>
internal static unsafe class MatrixProduct
{
    private static readonly delegate* unmanaged[Cdecl]<byte*, byte*, int*, int*, int*, float*, float*, int*, float*, int*, float*, float*, int*, void> Sgemm = FindSgemm();

    /// <summary>Whether the direct way is there.</summary>
    public static bool IsDirect => Sgemm is not null;

    /// <summary>Tests set it to check the other way.</summary>
    internal static bool AvoidDirect { get; set; }

    public static void Compute(Matrix c, float beta, Matrix a, Matrix b, bool transposeA = false, bool transposeB = false)
    {
        if (c.Rows == 0) return;
        if (Sgemm is null || AvoidDirect) ComputeWithTensors(c, beta, a, b, transposeA, transposeB);
        else ComputeDirect(c, beta, a, b, transposeA, transposeB);
    }

    // BLAS is column-major: a row-major product C = A·B is Cᵀ = Bᵀ·Aᵀ there, hence the swapped operands.
    private static void ComputeDirect(Matrix c, float beta, Matrix a, Matrix b, bool transposeA, bool transposeB)
    {
        byte firstMode = (byte)(transposeB ? 'T' : 'N'), secondMode = (byte)(transposeA ? 'T' : 'N');
        int m = c.Columns, n = c.Rows, k = transposeA ? a.Rows : a.Columns;
        int firstStride = b.Stride, secondStride = a.Stride, resultStride = c.Stride;
        float alpha = 1;
        Sgemm(&firstMode, &secondMode, &m, &n, &k, &alpha, b.Data, &firstStride, a.Data, &secondStride, &beta, c.Data, &resultStride);
    }

    private static void ComputeWithTensors(Matrix c, float beta, Matrix a, Matrix b, bool transposeA, bool transposeB)
    {
        using torch.Tensor target = c.AsTensor(), first = a.AsTensor(), second = b.AsTensor();
        using torch.Tensor left = transposeA ? first.t() : first.alias(), right = transposeB ? second.t() : second.alias();
        target.addmm_(left, right, beta, 1);            // with a factor of 0 libtorch ignores what was there, even if it is no number
    }

    private static delegate* unmanaged[Cdecl]<byte*, byte*, int*, int*, int*, float*, float*, int*, float*, int*, float*, float*, int*, void> FindSgemm()
    {
        bool found = NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out nint library);
        return found && NativeLibrary.TryGetExport(library, "sgemm_", out nint sgemm) ? (delegate* unmanaged[Cdecl]<byte*, byte*, int*, int*, int*, float*, float*, int*, float*, int*, float*, float*, int*, void>)sgemm : null;
    }
}
