using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Gated recurrent unit as implemented in libtorch and cuDNN: z,r = σ(W x + R h' + b), q = R h' + c, h̃ = tanh(W x + b + r*q), h = (1−z)*h̃ + z*h'. Unlike in
/// <see cref="GruCell"/>, the reset gate is applied after the matrix product, and z weights the previous state. The gates have the order z,r,h̃.
/// </summary>
internal sealed class GruResetAfterCell : RecurrentCell
{
    private const int Update = 0, Reset = 1, Candidate = 2;

    public override int Gates => 3;

    public override int RecurrentBiases => 1;

    public override OnnxGates InOnnx { get; } = new([Update, Reset, Candidate], RecurrentBias: Candidate);

    public override CellRun Begin(CellRunSetup setup) => new Run(setup);

    public override (Tensor Hidden, Tensor Memory) Step(Tensor projected, StepWeights weights, (Tensor Hidden, Tensor Memory) state)
    {
        Tensor[] x = projected.chunk(3, 1), recurrent = state.Hidden.matmul(weights.Recurrent!.t()).chunk(3, 1);     // 3 × [B,H] each
        Tensor z = x[Update].Plus(recurrent[Update]).sigmoid(), r = x[Reset].Plus(recurrent[Reset]).sigmoid();
        Tensor candidate = x[Candidate].Plus(r * recurrent[Candidate].Plus(weights.RecurrentBias!)).tanh();
        return ((z.Complement() * candidate).Plus(z * state.Hidden), state.Memory);
    }

    public override ExportedStates Export(OnnxGraph graph, ExportedLayer layer) =>
        ExportOperator(graph, layer, "GRU", ("linear_before_reset", 1L));

    private sealed unsafe class Run(CellRunSetup setup) : CellRun(setup)
    {
        private readonly CellRunSetup _setup = setup;
        private readonly PackedOperand _recurrentGates = PackTransposed(setup, 0, 2), _recurrentCandidate = PackTransposed(setup, 2, 1);      // parts of Rᵀ
        private PackedOperand _backwardGates, _backwardCandidate;                                                                             // parts of R
        private readonly Matrix _q = setup.Buffers.Rent(setup.States.Rows, setup.States.Columns);       // R h' + c, [N,H]
        private Matrix _qGradient;                                                                      // ∂L/∂q, [N,H]

        public override void Forward(RunStep step)
        {
            Matrix carried = Gates.Slice(step.Start, step.Carried), before = States.Slice(step.Previous, step.Carried);
            Matrix q = _q.Slice(step.Start, step.Count);
            for (int b = 0; b < step.Count; b++) _setup.RecurrentBias.RowSpan(0).CopyTo(q.RowSpan(b));
            MatrixProduct.Compute(carried.SliceColumns(0, 2 * Hidden), 1, before, _recurrentGates);
            MatrixProduct.Compute(q.Slice(0, step.Carried), 1, before, _recurrentCandidate);
            for (int b = 0; b < step.Count; b++) Advance(step, b);
        }

        public override void BeginBackward()
        {
            (_backwardGates, _backwardCandidate) = (Pack(Recurrent.Slice(0, 2 * Hidden)), Pack(Recurrent.Slice(2 * Hidden, Hidden)));
            _qGradient = _setup.Buffers.Rent(States.Rows, Hidden);
        }

        public override void Backward(RunStep step, Matrix stateGradient, Matrix carriedGradient, Matrix gateGradient)
        {
            for (int b = 0; b < step.Count; b++) Back(step, b, stateGradient, carriedGradient, gateGradient);
            Matrix toBefore = carriedGradient.Slice(0, step.Carried);
            MatrixProduct.Compute(toBefore, 1, gateGradient.Slice(step.Start, step.Carried).SliceColumns(0, 2 * Hidden), _backwardGates);
            MatrixProduct.Compute(toBefore, 1, _qGradient.Slice(step.Start, step.Carried), _backwardCandidate);
        }

        // The matrix product of the candidate is q, which the reset gate scales.
        protected override (Matrix Gradient, Matrix Factor) RecurrentFactors(int gate, Matrix gateGradient, Matrix previousStates) =>
            (gate == Candidate ? TokensOf(_qGradient) : gateGradient.SliceColumns(gate * Hidden, Hidden), previousStates);

        public override void AddRecurrentBiasGradient(Span<float> gradient)
        {
            Matrix ofTokens = TokensOf(_qGradient);
            for (int n = 0; n < ofTokens.Rows; n++) System.Numerics.Tensors.TensorPrimitives.Add(gradient, ofTokens.RowSpan(n), gradient);
        }

        private void Advance(RunStep step, int b)
        {
            float* gates = Gates.Row(step.Start + b), q = _q.Row(step.Start + b), state = States.Row(step.Start + b), before = Before(step, b);
            for (int j = 0; j < Hidden; j += Simd.Width)
            {
                int n = Hidden - j;
                Vector512<float> z = Simd.Sigmoid(Simd.Load(gates + Update * Hidden + j, n)), r = Simd.Sigmoid(Simd.Load(gates + Reset * Hidden + j, n));
                Vector512<float> candidate = Simd.Tanh(Simd.Load(gates + Candidate * Hidden + j, n) + r * Simd.Load(q + j, n));
                Simd.Store(z, gates + Update * Hidden + j, n);
                Simd.Store(r, gates + Reset * Hidden + j, n);
                Simd.Store(candidate, gates + Candidate * Hidden + j, n);
                Simd.Store(candidate + z * (LoadOrZero(before, j, n) - candidate), state + j, n);
            }
        }

        private void Back(RunStep step, int b, Matrix stateGradient, Matrix carriedGradient, Matrix gateGradient)
        {
            int row = step.Start + b;
            float* gates = Gates.Row(row), q = _q.Row(row), dq = _qGradient.Row(row), d = gateGradient.Row(row);
            float* above = stateGradient.Row(row), carried = carriedGradient.Row(b), before = Before(step, b);
            for (int j = 0; j < Hidden; j += Simd.Width)
            {
                int n = Hidden - j;
                Vector512<float> dh = Simd.Load(above + j, n) + Simd.Load(carried + j, n), one = Vector512<float>.One;
                Vector512<float> z = Simd.Load(gates + Update * Hidden + j, n), r = Simd.Load(gates + Reset * Hidden + j, n);
                Vector512<float> candidate = Simd.Load(gates + Candidate * Hidden + j, n);
                Vector512<float> inside = dh * (one - z) * (one - candidate * candidate);
                Simd.Store(dh * (LoadOrZero(before, j, n) - candidate) * z * (one - z), d + Update * Hidden + j, n);
                Simd.Store(inside * Simd.Load(q + j, n) * r * (one - r), d + Reset * Hidden + j, n);
                Simd.Store(inside, d + Candidate * Hidden + j, n);
                Simd.Store(inside * r, dq + j, n);
                Simd.Store(dh * z, carried + j, n);
            }
        }
    }
}
