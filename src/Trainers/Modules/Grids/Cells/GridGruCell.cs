using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The gated recurrent unit (Cho et al., 2014) of a grid, as in <see cref="GruCell"/>: one reset gate for each predecessor, and a weighted mean of their
/// states. r₁,r₂,z,λ = σ(W x + R₁ h₁ + R₂ h₂ + b), h̃ = tanh(W x + R₁ (r₁*h₁) + R₂ (r₂*h₂) + b), h' = λ*h₁ + (1−λ)*h₂, h = (1−z)*h' + z*h̃. The reset gates
/// are applied before the matrix product, and z weights the new state.
/// </summary>
internal sealed unsafe class GridGruCell : GridCell
{
    private const int ResetLeft = 0, ResetAbove = 1, Update = 2, Share = 3, Candidate = 4;

    public override int Gates => 5;

    // r₁*h₁ and r₂*h₂
    public override int Kept => Dimensions;

    public override int PlainGates => 4;

    public override (Tensor Hidden, Tensor Memory) Step(
        Tensor projected, Tensor recurrent, (Tensor Hidden, Tensor Memory) left, (Tensor Hidden, Tensor Memory) above)
    {
        long hidden = recurrent.shape[2];
        (Tensor h1, Tensor h2, Tensor r1, Tensor r2) = (left.Hidden, above.Hidden, recurrent[0], recurrent[1]);
        Tensor Plain(Tensor weights) => weights.narrow(0, 0, 4 * hidden).t();
        Tensor Last(Tensor weights) => weights.narrow(0, 4 * hidden, hidden).t();
        Tensor sums = projected.narrow(1, 0, 4 * hidden).Plus(h1.matmul(Plain(r1))).Plus(h2.matmul(Plain(r2)));           // [n,4·H]
        Tensor[] gates = sums.sigmoid().chunk(4, 1);                                                                    // 4 × [n,H]
        Tensor candidate = projected.narrow(1, 4 * hidden, hidden)
            .Plus((gates[ResetLeft] * h1).matmul(Last(r1))).Plus((gates[ResetAbove] * h2).matmul(Last(r2))).tanh();     // [n,H]
        Tensor before = (gates[Share] * h1).Plus(gates[Share].Complement() * h2);
        return ((gates[Update].Complement() * before).Plus(gates[Update] * candidate), left.Memory);
    }

    public override (string Hidden, string? Memory) Export(OnnxGraph body, ExportedGridStep step)
    {
        string[] projected = Parts(step.Projected), left = Parts(step.Weights.Left), above = Parts(step.Weights.Above);
        string recurrent = body.Node("Add", [body.Node("MatMul", [step.Left, left[0]]), body.Node("MatMul", [step.Above, above[0]])]);
        string sums = body.Node("Add", [projected[0], recurrent]);
        string[] gates = step.Split(body, body.Node("Sigmoid", [sums]), PlainGates);
        string resetLeft = body.Node("MatMul", [body.Node("Mul", [gates[ResetLeft], step.Left]), left[1]]);
        string resetAbove = body.Node("MatMul", [body.Node("Mul", [gates[ResetAbove], step.Above]), above[1]]);
        string candidate = body.Node("Tanh", [body.Node("Add", [projected[1], body.Node("Add", [resetLeft, resetAbove])])]);
        string before = ExportedGridStep.Mix(body, gates[Share], step.Left, step.Above);
        return (ExportedGridStep.Mix(body, gates[Update], candidate, before), null);

        // The first four gates, and the candidate.
        string[] Parts(string value) =>
            body.Node("Split", [value, body.Constant([(long)PlainGates * step.Hidden, step.Hidden], 2)], 2, ("axis", -1L));
    }

    public override void ForwardOpen(GridRows rows)
    {
        int hidden = rows.Hidden;
        for (int row = 0; row < rows.Count; row++)
        {
            float* gates = rows.Gates.Row(row), left = rows.Left.Row(row), above = rows.Above.Row(row), kept = rows.Kept.Row(row);
            for (int j = 0; j < hidden; j += Simd.Width)
            {
                int n = hidden - j;
                Vector512<float> r1 = Simd.Sigmoid(Simd.Load(gates + ResetLeft * hidden + j, n));
                Vector512<float> r2 = Simd.Sigmoid(Simd.Load(gates + ResetAbove * hidden + j, n));
                Simd.Store(r1, gates + ResetLeft * hidden + j, n);
                Simd.Store(r2, gates + ResetAbove * hidden + j, n);
                Simd.Store(r1 * Simd.Load(left + j, n), kept + j, n);
                Simd.Store(r2 * Simd.Load(above + j, n), kept + hidden + j, n);
            }
        }
    }

    public override void Forward(GridRows rows)
    {
        int hidden = rows.Hidden;
        for (int row = 0; row < rows.Count; row++)
        {
            float* gates = rows.Gates.Row(row), left = rows.Left.Row(row), above = rows.Above.Row(row), state = rows.States.Row(row);
            for (int j = 0; j < hidden; j += Simd.Width)
            {
                int n = hidden - j;
                Vector512<float> z = Simd.Sigmoid(Simd.Load(gates + Update * hidden + j, n));
                Vector512<float> share = Simd.Sigmoid(Simd.Load(gates + Share * hidden + j, n));
                Vector512<float> candidate = Simd.Tanh(Simd.Load(gates + Candidate * hidden + j, n));
                Vector512<float> h1 = Simd.Load(left + j, n), h2 = Simd.Load(above + j, n), before = h2 + share * (h1 - h2);
                Simd.Store(z, gates + Update * hidden + j, n);
                Simd.Store(share, gates + Share * hidden + j, n);
                Simd.Store(candidate, gates + Candidate * hidden + j, n);
                Simd.Store(before + z * (candidate - before), state + j, n);
            }
        }
    }

    public override void Backward(GridRows rows, GridGradients gradients)
    {
        int hidden = rows.Hidden;
        Vector512<float> one = Vector512<float>.One;
        for (int row = 0; row < rows.Count; row++)
        {
            float* gates = rows.Gates.Row(row), left = rows.Left.Row(row), above = rows.Above.Row(row), d = gradients.Gates.Row(row);
            float* dState = gradients.States.Row(row), dLeft = gradients.Left.Row(row), dAbove = gradients.Above.Row(row);
            for (int j = 0; j < hidden; j += Simd.Width)
            {
                int n = hidden - j;
                Vector512<float> z = Simd.Load(gates + Update * hidden + j, n), share = Simd.Load(gates + Share * hidden + j, n);
                Vector512<float> candidate = Simd.Load(gates + Candidate * hidden + j, n);
                Vector512<float> h1 = Simd.Load(left + j, n), h2 = Simd.Load(above + j, n), before = h2 + share * (h1 - h2);
                Vector512<float> dh = Simd.Load(dState + j, n), dBefore = dh * (one - z);
                Simd.Store(dh * (candidate - before) * z * (one - z), d + Update * hidden + j, n);
                Simd.Store(dBefore * (h1 - h2) * share * (one - share), d + Share * hidden + j, n);
                Simd.Store(dh * z * (one - candidate * candidate), d + Candidate * hidden + j, n);
                Simd.Store(Simd.Load(dLeft + j, n) + dBefore * share, dLeft + j, n);
                Simd.Store(Simd.Load(dAbove + j, n) + dBefore * (one - share), dAbove + j, n);
            }
        }
    }

    public override void BackwardOpen(GridRows rows, GridGradients gradients)
    {
        int hidden = rows.Hidden;
        Vector512<float> one = Vector512<float>.One;
        for (int row = 0; row < rows.Count; row++)
        {
            float* gates = rows.Gates.Row(row), left = rows.Left.Row(row), above = rows.Above.Row(row), d = gradients.Gates.Row(row);
            float* dKept = gradients.Kept.Row(row), dLeft = gradients.Left.Row(row), dAbove = gradients.Above.Row(row);
            for (int j = 0; j < hidden; j += Simd.Width)
            {
                int n = hidden - j;
                Vector512<float> r1 = Simd.Load(gates + ResetLeft * hidden + j, n), r2 = Simd.Load(gates + ResetAbove * hidden + j, n);
                Vector512<float> d1 = Simd.Load(dKept + j, n), d2 = Simd.Load(dKept + hidden + j, n);
                Simd.Store(d1 * Simd.Load(left + j, n) * r1 * (one - r1), d + ResetLeft * hidden + j, n);
                Simd.Store(d2 * Simd.Load(above + j, n) * r2 * (one - r2), d + ResetAbove * hidden + j, n);
                Simd.Store(Simd.Load(dLeft + j, n) + d1 * r1, dLeft + j, n);
                Simd.Store(Simd.Load(dAbove + j, n) + d2 * r2, dAbove + j, n);
            }
        }
    }
}
