using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Two-dimensional long short-term memory (Graves et al., 2007, section 2.1) without peepholes: one forget gate for each predecessor, M = f₁*C₁ + f₂*C₂.
/// </summary>
/// <remarks>
/// f₁ + f₂ can exceed 1, so that the memory can grow along the diagonals (Leifert et al., 2016); <see cref="GridStableLstmCell"/> prevents it.
/// </remarks>
internal sealed class GridLstmCell : GridMemoryCell<GridLstmCell>, IGridForgetting
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> IGridForgetting.Remaining(Vector512<float> a, Vector512<float> b, Vector512<float> c1, Vector512<float> c2) => a * c1 + b * c2;

    static Tensor IGridForgetting.Remaining(Tensor a, Tensor b, Tensor c1, Tensor c2) => (a * c1).Plus(b * c2);

    static string IGridForgetting.Remaining(OnnxGraph body, string a, string b, string c1, string c2) =>
        body.Node("Add", [body.Node("Mul", [a, c1]), body.Node("Mul", [b, c2])]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IGridForgetting.Gradients(
        Vector512<float> dc, Vector512<float> a, Vector512<float> b, Vector512<float> c1, Vector512<float> c2,
        out Vector512<float> da, out Vector512<float> db, out Vector512<float> d1, out Vector512<float> d2) =>
        (da, db, d1, d2) = (dc * c1, dc * c2, dc * a, dc * b);
}
