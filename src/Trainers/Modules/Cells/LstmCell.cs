using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber, 1997), with the forget gate of Gers et al. (2000): i,o,f = σ(W x + R h' + b), C̃ = tanh(W x + R h' + b),
/// C = f*C' + i*C̃, h = o*tanh(C). The gates have the order of ONNX, i,o,f,C̃.
/// </summary>
internal sealed class LstmCell : RecurrentCell
{
    private const int Input = 0, Output = 1, Forget = 2, Candidate = 3;

    public override int Gates => 4;

    public override bool HasMemory => true;

    public override OnnxGates InOnnx { get; } = new([Input, Output, Forget, Candidate]);

    // An open forget gate passes gradients from the start of training (Jozefowicz et al., 2015, section 2.2).
    public override void InitializeBias(Span<float> bias, int hidden) => bias.Slice(Forget * hidden, hidden).Fill(1);

    public override CellRun Begin(CellRunSetup setup) => new Run(setup);

    public override (Tensor Hidden, Tensor Memory) Step(Tensor projected, StepWeights weights, (Tensor Hidden, Tensor Memory) state)
    {
        Tensor[] gates = projected.Plus(state.Hidden.matmul(weights.Recurrent!.t())).chunk(4, 1);      // 4 × [B,H]
        Tensor memory = (gates[Forget].sigmoid() * state.Memory).Plus(gates[Input].sigmoid() * gates[Candidate].tanh());
        return (gates[Output].sigmoid() * memory.tanh(), memory);
    }

    public override ExportedStates Export(OnnxGraph graph, ExportedLayer layer) => ExportOperator(graph, layer, "LSTM");

    private sealed unsafe class Run(CellRunSetup setup) : CellRun(setup)
    {
        private readonly CellRunSetup _setup = setup;
        private readonly PackedOperand _recurrent = PackTransposed(setup, 0, 4);                                 // Rᵀ
        private readonly Matrix _memory = setup.Buffers.Rent(setup.States.Rows, setup.States.Columns);          // C, [N,H]
        private readonly Matrix _memoryTanh = setup.Buffers.Rent(setup.States.Rows, setup.States.Columns);      // tanh(C), [N,H]
        private PackedOperand _backward;                                                                        // R
        private Matrix _memoryGradient;                                                                         // ∂L/∂C from the following step, [B,H]

        public override Matrix? Memory => _memory;

        public override Matrix MemoryGradient => _memoryGradient;

        public override void Forward(RunStep step)
        {
            if (step.Carried > 0)
                MatrixProduct.Compute(Gates.Slice(step.Start, step.Carried), 1, States.Slice(step.Previous, step.Carried), _recurrent);
            for (int b = 0; b < step.Count; b++)
            {
                int row = step.Start + b;
                float* before = b < step.Carried ? _memory.Row(step.Previous + b) : null;
                Forward(Gates.Row(row), before, _memory.Row(row), _memoryTanh.Row(row), States.Row(row), Hidden);
            }
        }

        public override void BeginBackward()
        {
            _backward = Pack(Recurrent);
            _memoryGradient = _setup.Buffers.RentZeros(_setup.Rows, Hidden);
        }

        public override void Backward(RunStep step, Matrix stateGradient, Matrix carriedGradient, Matrix gateGradient)
        {
            for (int b = 0; b < step.Count; b++)
            {
                int row = step.Start + b;
                float* before = b < step.Carried ? _memory.Row(step.Previous + b) : null;
                float* above = stateGradient.Row(row), after = carriedGradient.Row(b);
                Backward(Gates.Row(row), before, _memoryTanh.Row(row), above, after, _memoryGradient.Row(step.First + b), gateGradient.Row(row), Hidden);
            }
            MatrixProduct.Compute(carriedGradient.Slice(0, step.Carried), 0, gateGradient.Slice(step.Start, step.Carried), _backward);
        }

        private static void Forward(float* gates, float* before, float* memory, float* memoryTanh, float* state, int hidden)
        {
            for (int j = 0; j < hidden; j += Simd.Width)
            {
                int n = hidden - j;
                Vector512<float> i = Simd.Sigmoid(Simd.Load(gates + Input * hidden + j, n));
                Vector512<float> o = Simd.Sigmoid(Simd.Load(gates + Output * hidden + j, n));
                Vector512<float> f = Simd.Sigmoid(Simd.Load(gates + Forget * hidden + j, n));
                Vector512<float> candidate = Simd.Tanh(Simd.Load(gates + Candidate * hidden + j, n));
                Vector512<float> c = i * candidate;
                if (before is not null) c += f * Simd.Load(before + j, n);
                Vector512<float> t = Simd.Tanh(c);
                Simd.Store(i, gates + Input * hidden + j, n);
                Simd.Store(o, gates + Output * hidden + j, n);
                Simd.Store(f, gates + Forget * hidden + j, n);
                Simd.Store(candidate, gates + Candidate * hidden + j, n);
                Simd.Store(c, memory + j, n);
                Simd.Store(t, memoryTanh + j, n);
                Simd.Store(o * t, state + j, n);
            }
        }

        private static void Backward(
            float* gates, float* before, float* memoryTanh, float* above, float* after, float* memoryGradient, float* d, int hidden)
        {
            Vector512<float> one = Vector512<float>.One;
            for (int j = 0; j < hidden; j += Simd.Width)
            {
                int n = hidden - j;
                Vector512<float> i = Simd.Load(gates + Input * hidden + j, n), o = Simd.Load(gates + Output * hidden + j, n);
                Vector512<float> f = Simd.Load(gates + Forget * hidden + j, n), candidate = Simd.Load(gates + Candidate * hidden + j, n);
                Vector512<float> t = Simd.Load(memoryTanh + j, n);
                Vector512<float> dh = Simd.Load(above + j, n) + Simd.Load(after + j, n);
                Vector512<float> dc = Simd.Load(memoryGradient + j, n) + dh * o * (one - t * t);
                Vector512<float> previous = before is not null ? Simd.Load(before + j, n) : Vector512<float>.Zero;
                Simd.Store(dc * candidate * i * (one - i), d + Input * hidden + j, n);
                Simd.Store(dh * t * o * (one - o), d + Output * hidden + j, n);
                Simd.Store(dc * previous * f * (one - f), d + Forget * hidden + j, n);
                Simd.Store(dc * i * (one - candidate * candidate), d + Candidate * hidden + j, n);
                Simd.Store(dc * f, memoryGradient + j, n);
            }
        }
    }
}
