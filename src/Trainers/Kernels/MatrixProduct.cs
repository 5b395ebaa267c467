using System.Runtime.InteropServices;
using TorchSharp;

namespace MlNetRnn.Kernels;

/// <summary>
/// The matrix product C ← βC + op(A)·op(B). Calls the BLAS of libtorch directly if libtorch exports it (on Linux), and a tensor operation otherwise. The
/// kernels of the cells call it once per time step, where the overhead of a tensor operation would exceed the cost of the product.
/// </summary>
internal static unsafe class MatrixProduct
{
    private static readonly nint Sgemm = FindSgemm();

    /// <summary>Whether the product calls BLAS directly.</summary>
    public static bool IsDirect => Sgemm != 0;

    /// <summary>Disables the direct call, so that tests can check the tensor operation.</summary>
    internal static bool AvoidDirect { get; set; }

    /// <summary>Computes C ← βC + op(A)·op(B).</summary>
    public static void Compute(Matrix c, float beta, Matrix a, Matrix b, bool transposeA = false, bool transposeB = false)
    {
        if (c.Rows == 0) return;
        if (Sgemm == 0 || AvoidDirect) ComputeWithTensors(c, beta, a, b, transposeA, transposeB);
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
