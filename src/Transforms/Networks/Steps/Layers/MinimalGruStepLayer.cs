using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>The GRU of ONNX without recurrent weights: z = σ(W x + b), h̃ = g(W x + b), h = (1−z)*h̃ + z*h'.</summary>
internal sealed class MinimalGruStepLayer(StepLayerDescription layer) : StepLayer(layer.Hidden)
{
    private const int Update = 0, Candidate = 1;

    private readonly StepActivation _activation = layer.Activation;

    public override long Bytes => 0;

    public override unsafe void Advance(StepRows rows)
    {
        fixed (float* gates = rows.Gates, hidden = rows.Hidden)
        {
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
