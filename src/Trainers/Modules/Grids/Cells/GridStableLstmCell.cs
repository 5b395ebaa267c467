using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The stable cell of Leifert et al. (2016, "Cells in multidimensional recurrent neural networks"): one forget gate for a weighted mean of the two memories,
/// which can therefore not grow along the diagonals, M = f*(λ*C₁ + (1−λ)*C₂).
/// </summary>
internal sealed class GridStableLstmCell : GridMemoryCell<GridStableLstmCell>, IGridForgetting
{
    // As for the LSTM of sequences: an open forget gate passes gradients from the start of training (Jozefowicz et al., 2015, section 2.2).
    public override void InitializeBias(Span<float> bias, int hidden) => bias.Slice(Forget * hidden, hidden).Fill(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> IGridForgetting.Remaining(Vector512<float> a, Vector512<float> b, Vector512<float> c1, Vector512<float> c2) =>
        a * (c2 + b * (c1 - c2));

    static Tensor IGridForgetting.Remaining(Tensor a, Tensor b, Tensor c1, Tensor c2) => a * (b * c1).Plus(b.Complement() * c2);

    static string IGridForgetting.Remaining(OnnxGraph body, string a, string b, string c1, string c2) =>
        body.Node("Mul", [a, ExportedGridStep.Mix(body, b, c1, c2)]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IGridForgetting.Gradients(
        Vector512<float> dc, Vector512<float> a, Vector512<float> b, Vector512<float> c1, Vector512<float> c2,
        out Vector512<float> da, out Vector512<float> db, out Vector512<float> d1, out Vector512<float> d2)
    {
        Vector512<float> dMean = dc * a;
        (da, db, d1, d2) = (dc * (c2 + b * (c1 - c2)), dMean * (c1 - c2), dMean * b, dMean * (Vector512<float>.One - b));
    }
}
