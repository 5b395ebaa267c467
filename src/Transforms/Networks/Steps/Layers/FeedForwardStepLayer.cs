using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>A layer without recurrence: h = φ(W x + b).</summary>
internal sealed class FeedForwardStepLayer(StepLayerDescription layer) : StepLayer(layer.Hidden)
{
    private readonly StepActivation _activation = layer.Activation;

    public override long Bytes => 0;

    public override unsafe void Advance(StepRows rows)
    {
        fixed (float* gates = rows.Gates, hidden = rows.Hidden)
        {
            for (int b = 0; b < rows.Count; b++)
            {
                float* a = gates + (nint)b * rows.GateStride, h = hidden + (nint)b * Width;
                for (int j = 0; j < Width; j += Simd.Width) StepActivations.Apply(_activation, a + j).Store(h + j);
            }
        }
    }
}
