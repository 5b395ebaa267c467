using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Minimal gated recurrent unit (Feng et al., 2024, section 3.1.2): z = σ(W x + b), h̃ = W x + b, h = (1−z)*h' + z*h̃. The gates do not depend on the previous
/// state, so all matrix products are computed for all steps at once, and a step takes a few operations per number. The gates have the order z,h̃.
/// </summary>
internal sealed class MinGruCell : RecurrentCell
{
    private const int Update = 0, Candidate = 1;

    public override int Gates => 2;

    public override bool HasRecurrentWeights => false;

    // The GRU of ONNX without recurrent weights, so that its reset gate has no effect. Its z weights the previous state.
    public override OnnxGates InOnnx { get; } = new([Update, null, Candidate], Negated: 0);

    public override CellRun Begin(CellRunSetup setup) => new Run(setup);

    public override (Tensor Hidden, Tensor Memory) Step(Tensor projected, StepWeights weights, (Tensor Hidden, Tensor Memory) state)
    {
        Tensor[] x = projected.chunk(2, 1);                                     // 2 × [B,H]
        Tensor z = x[Update].sigmoid();
        return ((z.Complement() * state.Hidden).Plus(z * x[Candidate]), state.Memory);
    }

    public override ExportedStates Export(OnnxGraph graph, ExportedLayer layer)
    {
        string zeros = graph.Node("ConstantOfShape", [graph.Constant([layer.Directions, 3 * layer.Hidden, layer.Hidden], 3)]);
        // The second activation of the operator is the identity: 1·x + 0.
        string[] activations = [.. Enumerable.Repeat<string[]>(["Sigmoid", "Affine"], layer.Directions).SelectMany(pair => pair)];
        float[] ones = [.. Enumerable.Repeat(1f, layer.Directions)], offsets = new float[layer.Directions];
        return ExportOperator(graph, layer with { Recurrent = zeros }, "GRU",
            ("activations", activations), ("activation_alpha", ones), ("activation_beta", offsets));
    }

    private sealed unsafe class Run(CellRunSetup setup) : CellRun(setup)
    {
        public override void Forward(RunStep step)
        {
            for (int b = 0; b < step.Count; b++)
            {
                float* gates = Gates.Row(step.Start + b), state = States.Row(step.Start + b), before = Before(step, b);
                for (int j = 0; j < Hidden; j += Simd.Width)
                {
                    int n = Hidden - j;
                    Vector512<float> z = Simd.Sigmoid(Simd.Load(gates + Update * Hidden + j, n)), candidate = Simd.Load(gates + Candidate * Hidden + j, n);
                    Vector512<float> h = LoadOrZero(before, j, n);
                    Simd.Store(z, gates + Update * Hidden + j, n);
                    Simd.Store(h + z * (candidate - h), state + j, n);
                }
            }
        }

        public override void Backward(RunStep step, Matrix stateGradient, Matrix carriedGradient, Matrix gateGradient)
        {
            for (int b = 0; b < step.Count; b++)
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
                    Simd.Store(dh * z, d + Candidate * Hidden + j, n);
                    Simd.Store(dh * (Vector512<float>.One - z), carried + j, n);
                }
            }
        }
    }
}
