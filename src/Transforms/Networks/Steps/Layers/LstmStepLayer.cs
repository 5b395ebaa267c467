using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>The LSTM of ONNX: i,o,f = σ(a), c̃ = tanh(a), c = f*c' + i*c̃, h = o*tanh(c), where a = W x + R h' + b.</summary>
internal sealed class LstmStepLayer(StepLayerDescription layer) : StepLayer(layer.Hidden)
{
    private const int Input = 0, Output = 1, Forget = 2, Candidate = 3;

    private readonly PackedMatrix _recurrent = GateRows.Pack(layer.Recurrent!, layer.Hidden, Input, Output, Forget, Candidate);

    public override int MemorySize => Hidden;

    public override long Bytes => _recurrent.Bytes;

    public override unsafe void Advance(StepRows rows)
    {
        _recurrent.AddProduct(rows.Hidden, Width, rows.Gates, rows.GateStride, rows.Count);
        fixed (float* gates = rows.Gates, hidden = rows.Hidden, memory = rows.Memory)
        {
            for (int b = 0; b < rows.Count; b++)
            {
                float* a = gates + (nint)b * rows.GateStride, h = hidden + b * Width, c = memory + b * Width;
                for (int j = 0; j < Width; j += Simd.Width)
                {
                    Vector512<float> i = Simd.Sigmoid(Vector512.Load(a + Input * Width + j)), f = Simd.Sigmoid(Vector512.Load(a + Forget * Width + j));
                    Vector512<float> next = f * Vector512.Load(c + j) + i * Simd.Tanh(Vector512.Load(a + Candidate * Width + j));
                    next.Store(c + j);
                    (Simd.Sigmoid(Vector512.Load(a + Output * Width + j)) * Simd.Tanh(next)).Store(h + j);
                }
            }
        }
    }
}
