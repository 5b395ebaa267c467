using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A cell with a memory: with s = W x + R₁ h₁ + R₂ h₂ + b, i,o,a,b = σ(s), C̃ = tanh(s), C = M(a, b, C₁, C₂) + i*C̃, h = o*tanh(C). The gates a and b, and what
/// remains of the memories of the predecessors, M, are those of <typeparamref name="TForgetting"/>.
/// </summary>
internal abstract unsafe class GridMemoryCell<TForgetting> : GridCell
    where TForgetting : IGridForgetting
{
    /// <summary>The first of the two gates a and b.</summary>
    protected const int Forget = 2;

    private const int Input = 0, Output = 1, Candidate = 4;

    public override int Gates => 5;

    public override bool HasMemory => true;

    // tanh(C)
    public override int Kept => 1;

    public override (Tensor Hidden, Tensor Memory) Step(
        Tensor projected, Tensor recurrent, (Tensor Hidden, Tensor Memory) left, (Tensor Hidden, Tensor Memory) above)
    {
        Tensor sums = projected.Plus(left.Hidden.matmul(recurrent[0].t())).Plus(above.Hidden.matmul(recurrent[1].t()));  // [n,5·H]
        Tensor[] gates = sums.chunk(Gates, 1);                                                                          // 5 × [n,H]
        Tensor remaining = TForgetting.Remaining(gates[Forget].sigmoid(), gates[Forget + 1].sigmoid(), left.Memory, above.Memory);
        Tensor memory = remaining.Plus(gates[Input].sigmoid() * gates[Candidate].tanh());
        return (gates[Output].sigmoid() * memory.tanh(), memory);
    }

    public override (string Hidden, string? Memory) Export(OnnxGraph body, ExportedGridStep step)
    {
        string[] sums = step.Gates(body, Gates);
        string Open(int gate) => body.Node("Sigmoid", [sums[gate]]);
        string remaining = TForgetting.Remaining(body, Open(Forget), Open(Forget + 1), step.MemoryLeft!, step.MemoryAbove!);
        string memory = body.Node("Add", [remaining, body.Node("Mul", [Open(Input), body.Node("Tanh", [sums[Candidate]])])]);
        return (body.Node("Mul", [Open(Output), body.Node("Tanh", [memory])]), memory);
    }

    public override void Forward(GridRows rows)
    {
        int hidden = rows.Hidden;
        for (int row = 0; row < rows.Count; row++)
        {
            float* gates = rows.Gates.Row(row), left = rows.MemoryLeft.Row(row), above = rows.MemoryAbove.Row(row);
            float* memory = rows.Memory.Row(row), kept = rows.Kept.Row(row), state = rows.States.Row(row);
            for (int j = 0; j < hidden; j += Simd.Width)
            {
                int n = hidden - j;
                Vector512<float> i = Simd.Sigmoid(Simd.Load(gates + Input * hidden + j, n)), o = Simd.Sigmoid(Simd.Load(gates + Output * hidden + j, n));
                Vector512<float> a = Simd.Sigmoid(Simd.Load(gates + Forget * hidden + j, n));
                Vector512<float> b = Simd.Sigmoid(Simd.Load(gates + (Forget + 1) * hidden + j, n));
                Vector512<float> candidate = Simd.Tanh(Simd.Load(gates + Candidate * hidden + j, n));
                Vector512<float> c = TForgetting.Remaining(a, b, Simd.Load(left + j, n), Simd.Load(above + j, n)) + i * candidate, t = Simd.Tanh(c);
                Simd.Store(i, gates + Input * hidden + j, n);
                Simd.Store(o, gates + Output * hidden + j, n);
                Simd.Store(a, gates + Forget * hidden + j, n);
                Simd.Store(b, gates + (Forget + 1) * hidden + j, n);
                Simd.Store(candidate, gates + Candidate * hidden + j, n);
                Simd.Store(c, memory + j, n);
                Simd.Store(t, kept + j, n);
                Simd.Store(o * t, state + j, n);
            }
        }
    }

    public override void Backward(GridRows rows, GridGradients gradients)
    {
        int hidden = rows.Hidden;
        Vector512<float> one = Vector512<float>.One;
        for (int row = 0; row < rows.Count; row++)
        {
            float* gates = rows.Gates.Row(row), kept = rows.Kept.Row(row), d = gradients.Gates.Row(row), dState = gradients.States.Row(row);
            float* left = rows.MemoryLeft.Row(row), above = rows.MemoryAbove.Row(row), dMemory = gradients.Memory.Row(row);
            float* dLeft = gradients.MemoryLeft.Row(row), dAbove = gradients.MemoryAbove.Row(row);
            for (int j = 0; j < hidden; j += Simd.Width)
            {
                int n = hidden - j;
                Vector512<float> i = Simd.Load(gates + Input * hidden + j, n), o = Simd.Load(gates + Output * hidden + j, n);
                Vector512<float> a = Simd.Load(gates + Forget * hidden + j, n), b = Simd.Load(gates + (Forget + 1) * hidden + j, n);
                Vector512<float> candidate = Simd.Load(gates + Candidate * hidden + j, n), t = Simd.Load(kept + j, n);
                Vector512<float> dh = Simd.Load(dState + j, n), dc = Simd.Load(dMemory + j, n) + dh * o * (one - t * t);
                TForgetting.Gradients(
                    dc, a, b, Simd.Load(left + j, n), Simd.Load(above + j, n),
                    out Vector512<float> da, out Vector512<float> db, out Vector512<float> d1, out Vector512<float> d2);
                Simd.Store(dc * candidate * i * (one - i), d + Input * hidden + j, n);
                Simd.Store(dh * t * o * (one - o), d + Output * hidden + j, n);
                Simd.Store(da * a * (one - a), d + Forget * hidden + j, n);
                Simd.Store(db * b * (one - b), d + (Forget + 1) * hidden + j, n);
                Simd.Store(dc * i * (one - candidate * candidate), d + Candidate * hidden + j, n);
                Simd.Store(Simd.Load(dLeft + j, n) + d1, dLeft + j, n);
                Simd.Store(Simd.Load(dAbove + j, n) + d2, dAbove + j, n);
            }
        }
    }
}

/// <summary>What remains of the memories C₁, to the left, and C₂, above: M(a, b, C₁, C₂).</summary>
internal interface IGridForgetting
{
    static abstract Vector512<float> Remaining(Vector512<float> a, Vector512<float> b, Vector512<float> c1, Vector512<float> c2);

    static abstract Tensor Remaining(Tensor a, Tensor b, Tensor c1, Tensor c2);

    static abstract string Remaining(OnnxGraph body, string a, string b, string c1, string c2);

    /// <summary>Computes the gradients of the arguments from that of the result, <paramref name="dc"/>.</summary>
    static abstract void Gradients(
        Vector512<float> dc, Vector512<float> a, Vector512<float> b, Vector512<float> c1, Vector512<float> c2,
        out Vector512<float> da, out Vector512<float> db, out Vector512<float> d1, out Vector512<float> d2);
}
