using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>The RNN of ONNX: h = φ(W x + R h' + b).</summary>
internal sealed class ElmanStepLayer(StepLayerDescription layer) : StepLayer(layer.Hidden)
{
    private readonly PackedMatrix _recurrent = GateRows.Pack(layer.Recurrent!, layer.Hidden, 0);
    private readonly StepActivation _activation = layer.Activation;

    public override long Bytes => _recurrent.Bytes;

    public override unsafe void Advance(StepRows rows)
    {
        _recurrent.AddProduct(rows.Hidden, Width, rows.Gates, rows.GateStride, rows.Count);
        fixed (float* gates = rows.Gates, hidden = rows.Hidden)
        {
            for (int b = 0; b < rows.Count; b++)
            {
                float* a = gates + (nint)b * rows.GateStride, h = hidden + b * Width;
                for (int j = 0; j < Width; j += Simd.Width) StepActivations.Apply(_activation, a + j).Store(h + j);
            }
        }
    }
}
