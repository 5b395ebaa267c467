using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>The GRU of ONNX: z,r = σ(W x + R h' + b), h̃ = g(W x + R (r*h') + b), h = (1−z)*h̃ + z*h'.</summary>
internal sealed class GruStepLayer(StepLayerDescription layer) : StepLayer(layer.Hidden)
{
    private const int Update = 0, Reset = 1, Candidate = 2;

    private readonly PackedMatrix _gates = GateRows.Pack(layer.Recurrent!, layer.Hidden, Update, Reset);
    private readonly PackedMatrix _candidate = GateRows.Pack(layer.Recurrent!, layer.Hidden, Candidate);
    private readonly StepActivation _activation = layer.Activation;

    public override int Scratch => Width;

    public override long Bytes => _gates.Bytes + _candidate.Bytes;

    public override unsafe void Advance(StepRows rows)
    {
        _gates.AddProduct(rows.Hidden, Width, rows.Gates, rows.GateStride, rows.Count);
        fixed (float* gates = rows.Gates, hidden = rows.Hidden, resets = rows.Scratch)
        {
            for (int b = 0; b < rows.Count; b++)
            {
                float* a = gates + (nint)b * rows.GateStride, h = hidden + b * Width, reset = resets + b * Width;
                for (int j = 0; j < Width; j += Simd.Width)
                    (Simd.Sigmoid(Vector512.Load(a + Reset * Width + j)) * Vector512.Load(h + j)).Store(reset + j);
            }
            _candidate.AddProduct(rows.Scratch, Width, rows.Gates[(Candidate * Width)..], rows.GateStride, rows.Count);
            for (int b = 0; b < rows.Count; b++)
            {
                float* a = gates + (nint)b * rows.GateStride, h = hidden + b * Width;
                for (int j = 0; j < Width; j += Simd.Width)
                {
                    Vector512<float> z = Simd.Sigmoid(Vector512.Load(a + Update * Width + j));
                    Vector512<float> candidate = StepActivations.Apply(_activation, a + Candidate * Width + j);
                    (candidate + z * (Vector512.Load(h + j) - candidate)).Store(h + j);
                }
            }
        }
    }
}
