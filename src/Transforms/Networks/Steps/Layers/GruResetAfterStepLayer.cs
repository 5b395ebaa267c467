using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>
/// The GRU of ONNX with the reset gate after the matrix product: z,r = σ(W x + R h' + b), h̃ = g(W x + b + r*(R h' + b')), h = (1−z)*h̃ + z*h'.
/// </summary>
internal sealed class GruResetAfterStepLayer : StepLayer
{
    private const int Update = 0, Reset = 1, Candidate = 2;

    private readonly StepActivation _activation;
    private readonly AffineMap _recurrent;

    public GruResetAfterStepLayer(StepLayerDescription layer)
        : base(layer.Hidden)
    {
        _activation = layer.Activation;
        // The recurrent bias of z and r is added with that of the input.
        float[] bias = new float[3 * layer.Hidden];
        layer.Bias.AsSpan((3 + Candidate) * layer.Hidden).CopyTo(bias.AsSpan(Candidate * layer.Hidden));
        _recurrent = new AffineMap(
            GateRows.Pack(layer.Recurrent!, layer.Hidden, Update, Reset, Candidate), GateRows.Select(bias, layer.Hidden, 1, Update, Reset, Candidate));
    }

    public override int Scratch => _recurrent.Stride;

    public override long Bytes => _recurrent.Bytes;

    public override unsafe void Advance(StepRows rows)
    {
        _recurrent.Compute(rows.Hidden, Width, rows.Scratch, rows.Count);
        fixed (float* gates = rows.Gates, hidden = rows.Hidden, recurrent = rows.Scratch)
        {
            for (int b = 0; b < rows.Count; b++)
            {
                float* a = gates + (nint)b * rows.GateStride, h = hidden + b * Width, r = recurrent + (nint)b * Scratch;
                for (int j = 0; j < Width; j += Simd.Width)
                {
                    Vector512<float> z = Simd.Sigmoid(Vector512.Load(a + Update * Width + j) + Vector512.Load(r + Update * Width + j));
                    Vector512<float> reset = Simd.Sigmoid(Vector512.Load(a + Reset * Width + j) + Vector512.Load(r + Reset * Width + j));
                    float* sum = a + Candidate * Width + j;
                    (Vector512.Load(sum) + reset * Vector512.Load(r + Candidate * Width + j)).Store(sum);
                    Vector512<float> candidate = StepActivations.Apply(_activation, sum);
                    (candidate + z * (Vector512.Load(h + j) - candidate)).Store(h + j);
                }
            }
        }
    }
}
