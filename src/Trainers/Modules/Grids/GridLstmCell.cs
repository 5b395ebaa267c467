using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Two-dimensional long short-term memory (Graves et al., 2007, section 2.1) without peepholes: one forget gate for each predecessor.
/// With s = W x + R₁ h₁ + R₂ h₂ + b: i,o,f₁,f₂ = σ(s), C̃ = tanh(s), C = f₁*C₁ + f₂*C₂ + i*C̃, h = o*tanh(C).
/// </summary>
/// <remarks>
/// f₁ + f₂ can exceed 1, so that the memory can grow along the diagonals (Leifert et al., 2016); <see cref="GridStableLstmCell"/> prevents it.
/// </remarks>
internal sealed unsafe class GridLstmCell : GridCell
{
    private const int Input = 0, Output = 1, ForgetLeft = 2, ForgetAbove = 3, Candidate = 4;

    public override int Gates => 5;

    public override bool HasMemory => true;

    // tanh(C)
    public override int Kept => 1;

    public override (Tensor Hidden, Tensor Memory) Step(
        Tensor projected, Tensor recurrent, (Tensor Hidden, Tensor Memory) left, (Tensor Hidden, Tensor Memory) above)
    {
        Tensor sums = projected + left.Hidden.matmul(recurrent[0].t()) + above.Hidden.matmul(recurrent[1].t());         // [n,5·H]
        Tensor[] gates = sums.chunk(5, 1);                                                                              // 5 × [n,H]
        Tensor memory = gates[ForgetLeft].sigmoid() * left.Memory + gates[ForgetAbove].sigmoid() * above.Memory
            + gates[Input].sigmoid() * gates[Candidate].tanh();
        return (gates[Output].sigmoid() * memory.tanh(), memory);
    }

    public override (string Hidden, string? Memory) Export(OnnxGraph body, ExportedGridStep step)
    {
        string[] sums = step.Gates(body, Gates);
        string Open(int gate) => body.Node("Sigmoid", [sums[gate]]);
        string before = body.Node(
            "Add", [body.Node("Mul", [Open(ForgetLeft), step.MemoryLeft!]), body.Node("Mul", [Open(ForgetAbove), step.MemoryAbove!])]);
        string memory = body.Node("Add", [before, body.Node("Mul", [Open(Input), body.Node("Tanh", [sums[Candidate]])])]);
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
                Vector512<float> f1 = Simd.Sigmoid(Simd.Load(gates + ForgetLeft * hidden + j, n));
                Vector512<float> f2 = Simd.Sigmoid(Simd.Load(gates + ForgetAbove * hidden + j, n));
                Vector512<float> candidate = Simd.Tanh(Simd.Load(gates + Candidate * hidden + j, n));
                Vector512<float> c = i * candidate + f1 * Simd.Load(left + j, n) + f2 * Simd.Load(above + j, n), t = Simd.Tanh(c);
                Simd.Store(i, gates + Input * hidden + j, n);
                Simd.Store(o, gates + Output * hidden + j, n);
                Simd.Store(f1, gates + ForgetLeft * hidden + j, n);
                Simd.Store(f2, gates + ForgetAbove * hidden + j, n);
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
                Vector512<float> f1 = Simd.Load(gates + ForgetLeft * hidden + j, n), f2 = Simd.Load(gates + ForgetAbove * hidden + j, n);
                Vector512<float> candidate = Simd.Load(gates + Candidate * hidden + j, n), t = Simd.Load(kept + j, n);
                Vector512<float> dh = Simd.Load(dState + j, n), dc = Simd.Load(dMemory + j, n) + dh * o * (one - t * t);
                Simd.Store(dc * candidate * i * (one - i), d + Input * hidden + j, n);
                Simd.Store(dh * t * o * (one - o), d + Output * hidden + j, n);
                Simd.Store(dc * Simd.Load(left + j, n) * f1 * (one - f1), d + ForgetLeft * hidden + j, n);
                Simd.Store(dc * Simd.Load(above + j, n) * f2 * (one - f2), d + ForgetAbove * hidden + j, n);
                Simd.Store(dc * i * (one - candidate * candidate), d + Candidate * hidden + j, n);
                Simd.Store(Simd.Load(dLeft + j, n) + dc * f1, dLeft + j, n);
                Simd.Store(Simd.Load(dAbove + j, n) + dc * f2, dAbove + j, n);
            }
        }
    }
}
