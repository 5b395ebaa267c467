using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The cell of the Elman network (Elman, 1990): z_t = φ(A x_t + B z_{t−1}), where A is W and B is R.</summary>
/// <typeparam name="TActivation">φ.</typeparam>
internal sealed class ElmanCell<TActivation> : RecurrentCell where TActivation : IActivation
{
    public override int Gates => 1;

    public override OnnxGates InOnnx { get; } = new([0]);

    public override CellRun Begin(CellRunSetup setup) => new Run(setup);

    public override (Tensor Hidden, Tensor Memory) Step(Tensor projected, StepWeights weights, (Tensor Hidden, Tensor Memory) state) =>
        (TActivation.Apply(projected.Plus(state.Hidden.matmul(weights.Recurrent!.t()))), state.Memory);      // [B,H]

    public override ExportedStates Export(OnnxGraph graph, ExportedLayer layer) => ExportOperator(graph, layer, "RNN",
        ("activations", Enumerable.Repeat(TActivation.OnnxName, layer.Directions).ToArray()));

    private sealed unsafe class Run(CellRunSetup setup) : CellRun(setup)
    {
        private readonly PackedOperand _recurrent = PackTransposed(setup, 0, 1);      // Rᵀ
        private PackedOperand _backward;                                           // R

        public override void Forward(RunStep step)
        {
            if (step.Carried > 0)
                MatrixProduct.Compute(Gates.Slice(step.Start, step.Carried), 1, States.Slice(step.Previous, step.Carried), _recurrent);
            for (int row = step.Start; row < step.Start + step.Count; row++)
            {
                float* a = Gates.Row(row), h = States.Row(row);
                for (int j = 0; j < Hidden; j += Simd.Width)
                    Simd.Store(TActivation.Apply(Simd.Load(a + j, Hidden - j)), h + j, Hidden - j);
            }
        }

        public override void BeginBackward() => _backward = Pack(Recurrent);

        public override void Backward(RunStep step, Matrix stateGradient, Matrix carriedGradient, Matrix gateGradient)
        {
            for (int b = 0; b < step.Count; b++)
            {
                int row = step.Start + b;
                float* h = States.Row(row), above = stateGradient.Row(row), after = carriedGradient.Row(b), d = gateGradient.Row(row);
                for (int j = 0; j < Hidden; j += Simd.Width)
                {
                    int n = Hidden - j;
                    Vector512<float> z = Simd.Load(h + j, n);
                    Simd.Store((Simd.Load(above + j, n) + Simd.Load(after + j, n)) * TActivation.Slope(z), d + j, n);
                }
            }
            MatrixProduct.Compute(carriedGradient.Slice(0, step.Carried), 0, gateGradient.Slice(step.Start, step.Carried), _backward);
        }
    }
}
