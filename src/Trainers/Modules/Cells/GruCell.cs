using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Gated recurrent unit (Cho et al., 2014): z,r = σ(W x + R h' + b), h̃ = tanh(W x + R (r*h') + b), h = (1−z)*h' + z*h̃. The reset gate is applied before the
/// matrix product, and z weights the new state. The gates have the order z,r,h̃.
/// </summary>
internal sealed class GruCell : RecurrentCell
{
    private const int Update = 0, Reset = 1, Candidate = 2;

    public override int Gates => 3;

    // In the operator of ONNX, z weights the previous state.
    public override OnnxGates InOnnx { get; } = new([Update, Reset, Candidate], Negated: Update);

    public override CellRun Begin(CellRunSetup setup) => new Run(setup);

    public override (Tensor Hidden, Tensor Memory) Step(Tensor projected, StepWeights weights, (Tensor Hidden, Tensor Memory) state)
    {
        Tensor recurrent = weights.Recurrent!;
        long hidden = recurrent.shape[1];
        Tensor[] x = projected.chunk(3, 1);                                                                 // 3 × [B,H]
        Tensor[] gates = state.Hidden.matmul(recurrent.narrow(0, 0, 2 * hidden).t()).chunk(2, 1);           // 2 × [B,H]
        Tensor z = x[Update].Plus(gates[Update]).sigmoid(), r = x[Reset].Plus(gates[Reset]).sigmoid();
        Tensor candidate = x[Candidate].Plus((r * state.Hidden).matmul(recurrent.narrow(0, 2 * hidden, hidden).t())).tanh();
        return ((z.Complement() * state.Hidden).Plus(z * candidate), state.Memory);
    }

    public override ExportedStates Export(OnnxGraph graph, ExportedLayer layer) =>
        ExportOperator(graph, layer, "GRU", ("linear_before_reset", 0L));

    private sealed unsafe class Run(CellRunSetup setup) : CellRun(setup)
    {
        private readonly CellRunSetup _setup = setup;
        private readonly PackedOperand _recurrentGates = PackTransposed(setup, 0, 2), _recurrentCandidate = PackTransposed(setup, 2, 1);      // parts of Rᵀ
        private PackedOperand _backwardGates, _backwardCandidate;                                                                             // parts of R
        private readonly Matrix _reset = setup.Buffers.Rent(setup.States.Rows, setup.States.Columns);      // r*h', [N,H]
        private Matrix _resetGradient;                                                                     // ∂L/∂(r*h') of a step, [B,H]

        public override void Forward(RunStep step)
        {
            Matrix carried = Gates.Slice(step.Start, step.Carried), before = States.Slice(step.Previous, step.Carried);
            MatrixProduct.Compute(carried.SliceColumns(0, 2 * Hidden), 1, before, _recurrentGates);
            for (int b = 0; b < step.Count; b++) Open(step, b);
            Matrix candidate = carried.SliceColumns(2 * Hidden, Hidden), reset = _reset.Slice(step.Start, step.Carried);
            MatrixProduct.Compute(candidate, 1, reset, _recurrentCandidate);
            for (int b = 0; b < step.Count; b++) Advance(step, b);
        }

        public override void BeginBackward()
        {
            (_backwardGates, _backwardCandidate) = (Pack(Recurrent.Slice(0, 2 * Hidden)), Pack(Recurrent.Slice(2 * Hidden, Hidden)));
            _resetGradient = _setup.Buffers.Rent(_setup.Rows, Hidden);
        }

        public override void Backward(RunStep step, Matrix stateGradient, Matrix carriedGradient, Matrix gateGradient)
        {
            for (int b = 0; b < step.Count; b++) BackUpdate(step, b, stateGradient, carriedGradient, gateGradient);
            Matrix d = gateGradient.Slice(step.Start, step.Carried), toBefore = carriedGradient.Slice(0, step.Carried);
            MatrixProduct.Compute(_resetGradient.Slice(step.First, step.Carried), 0, d.SliceColumns(2 * Hidden, Hidden), _backwardCandidate);
            for (int b = 0; b < step.Count; b++) BackReset(step, b, carriedGradient, gateGradient);
            MatrixProduct.Compute(toBefore, 1, d.SliceColumns(0, 2 * Hidden), _backwardGates);
        }

        // The matrix product of the candidate reads r*h' rather than h'.
        protected override (Matrix Gradient, Matrix Factor) RecurrentFactors(int gate, Matrix gateGradient, Matrix previousStates) =>
            (gateGradient.SliceColumns(gate * Hidden, Hidden), gate == Candidate ? TokensOf(_reset) : previousStates);

        private void Open(RunStep step, int b)
        {
            float* gates = Gates.Row(step.Start + b), reset = _reset.Row(step.Start + b), before = Before(step, b);
            for (int j = 0; j < Hidden; j += Simd.Width)
            {
                int n = Hidden - j;
                Vector512<float> z = Simd.Sigmoid(Simd.Load(gates + Update * Hidden + j, n)), r = Simd.Sigmoid(Simd.Load(gates + Reset * Hidden + j, n));
                Simd.Store(z, gates + Update * Hidden + j, n);
                Simd.Store(r, gates + Reset * Hidden + j, n);
                Simd.Store(r * LoadOrZero(before, j, n), reset + j, n);
            }
        }

        private void Advance(RunStep step, int b)
        {
            float* gates = Gates.Row(step.Start + b), state = States.Row(step.Start + b), before = Before(step, b);
            for (int j = 0; j < Hidden; j += Simd.Width)
            {
                int n = Hidden - j;
                Vector512<float> z = Simd.Load(gates + Update * Hidden + j, n), candidate = Simd.Tanh(Simd.Load(gates + Candidate * Hidden + j, n));
                Vector512<float> h = LoadOrZero(before, j, n);
                Simd.Store(candidate, gates + Candidate * Hidden + j, n);
                Simd.Store(h + z * (candidate - h), state + j, n);
            }
        }

        private void BackUpdate(RunStep step, int b, Matrix stateGradient, Matrix carriedGradient, Matrix gateGradient)
        {
            int row = step.Start + b;
            float* gates = Gates.Row(row), d = gateGradient.Row(row), above = stateGradient.Row(row);
            float* carried = carriedGradient.Row(b), before = Before(step, b);
            for (int j = 0; j < Hidden; j += Simd.Width)
            {
                int n = Hidden - j;
                Vector512<float> dh = Simd.Load(above + j, n) + Simd.Load(carried + j, n), z = Simd.Load(gates + Update * Hidden + j, n);
                Vector512<float> candidate = Simd.Load(gates + Candidate * Hidden + j, n), h = LoadOrZero(before, j, n);
                Simd.Store(dh * (candidate - h) * z * (Vector512<float>.One - z), d + Update * Hidden + j, n);
                Simd.Store(dh * z * (Vector512<float>.One - candidate * candidate), d + Candidate * Hidden + j, n);
                Simd.Store(dh * (Vector512<float>.One - z), carried + j, n);
            }
        }

        private void BackReset(RunStep step, int b, Matrix carriedGradient, Matrix gateGradient)
        {
            float* d = gateGradient.Row(step.Start + b) + Reset * Hidden;
            if (Before(step, b) is var before && before is null)
            {
                new Span<float>(d, Hidden).Clear();
                return;
            }
            float* reset = Gates.Row(step.Start + b) + Reset * Hidden, dReset = _resetGradient.Row(step.First + b), carried = carriedGradient.Row(b);
            for (int j = 0; j < Hidden; j += Simd.Width)
            {
                int n = Hidden - j;
                Vector512<float> r = Simd.Load(reset + j, n), above = Simd.Load(dReset + j, n);
                Simd.Store(above * Simd.Load(before + j, n) * r * (Vector512<float>.One - r), d + j, n);
                Simd.Store(Simd.Load(carried + j, n) + above * r, carried + j, n);
            }
        }
    }
}
