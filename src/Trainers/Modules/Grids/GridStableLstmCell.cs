using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The stable cell of Leifert et al. (2016, "Cells in multidimensional recurrent neural networks"): one forget gate for a weighted mean of the two memories,
/// which can therefore not grow along the diagonals. With s = W x + R₁ h₁ + R₂ h₂ + b: i,o,f,λ = σ(s), C̃ = tanh(s), C' = λ*C₁ + (1−λ)*C₂, C = f*C' + i*C̃,
/// h = o*tanh(C).
/// </summary>
internal sealed unsafe class GridStableLstmCell : GridCell
{
    private const int Input = 0, Output = 1, Forget = 2, Share = 3, Candidate = 4;

    public override int Gates => 5;

    public override bool HasMemory => true;

    // tanh(C)
    public override int Kept => 1;

    // As for the LSTM of sequences: an open forget gate passes gradients from the start of training (Jozefowicz et al., 2015, section 2.2).
    public override void InitializeBias(Span<float> bias, int hidden) => bias.Slice(Forget * hidden, hidden).Fill(1);

    public override (Tensor Hidden, Tensor Memory) Step(
        Tensor projected, Tensor recurrent, (Tensor Hidden, Tensor Memory) left, (Tensor Hidden, Tensor Memory) above)
    {
        Tensor sums = projected + left.Hidden.matmul(recurrent[0].t()) + above.Hidden.matmul(recurrent[1].t());         // [n,5·H]
        Tensor[] gates = sums.chunk(5, 1);                                                                              // 5 × [n,H]
        Tensor share = gates[Share].sigmoid(), before = share * left.Memory + (Scalars.One - share) * above.Memory;
        Tensor memory = gates[Forget].sigmoid() * before + gates[Input].sigmoid() * gates[Candidate].tanh();
        return (gates[Output].sigmoid() * memory.tanh(), memory);
    }

    public override (string Hidden, string? Memory) Export(OnnxGraph body, ExportedGridStep step)
    {
        string[] sums = step.Gates(body, Gates);
        string Open(int gate) => body.Node("Sigmoid", [sums[gate]]);
        string before = body.Node("Mul", [Open(Forget), ExportedGridStep.Mix(body, Open(Share), step.MemoryLeft!, step.MemoryAbove!)]);
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
                Vector512<float> f = Simd.Sigmoid(Simd.Load(gates + Forget * hidden + j, n));
                Vector512<float> share = Simd.Sigmoid(Simd.Load(gates + Share * hidden + j, n));
                Vector512<float> candidate = Simd.Tanh(Simd.Load(gates + Candidate * hidden + j, n));
                Vector512<float> c1 = Simd.Load(left + j, n), c2 = Simd.Load(above + j, n);
                Vector512<float> c = f * (c2 + share * (c1 - c2)) + i * candidate, t = Simd.Tanh(c);
                Simd.Store(i, gates + Input * hidden + j, n);
                Simd.Store(o, gates + Output * hidden + j, n);
                Simd.Store(f, gates + Forget * hidden + j, n);
                Simd.Store(share, gates + Share * hidden + j, n);
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
                Vector512<float> f = Simd.Load(gates + Forget * hidden + j, n), share = Simd.Load(gates + Share * hidden + j, n);
                Vector512<float> candidate = Simd.Load(gates + Candidate * hidden + j, n), t = Simd.Load(kept + j, n);
                Vector512<float> c1 = Simd.Load(left + j, n), c2 = Simd.Load(above + j, n), before = c2 + share * (c1 - c2);
                Vector512<float> dh = Simd.Load(dState + j, n), dc = Simd.Load(dMemory + j, n) + dh * o * (one - t * t), dBefore = dc * f;
                Simd.Store(dc * candidate * i * (one - i), d + Input * hidden + j, n);
                Simd.Store(dh * t * o * (one - o), d + Output * hidden + j, n);
                Simd.Store(dc * before * f * (one - f), d + Forget * hidden + j, n);
                Simd.Store(dBefore * (c1 - c2) * share * (one - share), d + Share * hidden + j, n);
                Simd.Store(dc * i * (one - candidate * candidate), d + Candidate * hidden + j, n);
                Simd.Store(Simd.Load(dLeft + j, n) + dBefore * share, dLeft + j, n);
                Simd.Store(Simd.Load(dAbove + j, n) + dBefore * (one - share), dAbove + j, n);
            }
        }
    }
}
