using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The simple recurrent cell of a grid (Graves et al., 2007, section 2): h = tanh(W x + R₁ h₁ + R₂ h₂ + b), with h₁ to the left and h₂ above.
/// </summary>
internal sealed unsafe class GridElmanCell : GridCell
{
    public override int Gates => 1;

    public override (Tensor Hidden, Tensor Memory) Step(
        Tensor projected, Tensor recurrent, (Tensor Hidden, Tensor Memory) left, (Tensor Hidden, Tensor Memory) above)
    {
        Tensor sums = projected.Plus(left.Hidden.matmul(recurrent[0].t())).Plus(above.Hidden.matmul(recurrent[1].t()));         // [n,H]
        return (sums.tanh(), left.Memory);
    }

    public override (string Hidden, string? Memory) Export(OnnxGraph body, ExportedGridStep step) =>
        (body.Node("Tanh", [step.Gates(body, 1)[0]]), null);

    public override void Forward(GridRows rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            float* sum = rows.Gates.Row(row), state = rows.States.Row(row);
            for (int j = 0; j < rows.Hidden; j += Simd.Width) Simd.Store(Simd.Tanh(Simd.Load(sum + j, rows.Hidden - j)), state + j, rows.Hidden - j);
        }
    }

    public override void Backward(GridRows rows, GridGradients gradients)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            float* state = rows.States.Row(row), above = gradients.States.Row(row), d = gradients.Gates.Row(row);
            for (int j = 0; j < rows.Hidden; j += Simd.Width)
            {
                int n = rows.Hidden - j;
                Vector512<float> h = Simd.Load(state + j, n);
                Simd.Store(Simd.Load(above + j, n) * (Vector512<float>.One - h * h), d + j, n);
            }
        }
    }
}
