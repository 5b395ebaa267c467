using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>
/// The first layer of a feed-forward network of the last k symbols: h = φ(Σ W_i x_i + b), where x_i is the vector i steps ago. A vector adds its products with
/// all W_i when it is read, to the sums of this step and of the next k - 1 steps, which are the memory: a step reads no weights but those of its symbol.
/// </summary>
/// <param name="layer">The layer, with W_i as gate i.</param>
internal sealed class WindowStepLayer(StepLayerDescription layer) : StepLayer(layer.Hidden)
{
    private readonly int _later = layer.Weight.Rows / layer.Hidden - 1;
    private readonly StepActivation _activation = layer.Activation;

    public override int MemorySize => MemoryWidth;

    public override int MemoryWidth => _later * Width;

    public override long Bytes => 0;

    public override unsafe void Advance(StepRows rows)
    {
        fixed (float* gates = rows.Gates, hidden = rows.Hidden, memory = rows.Memory)
        {
            for (int b = 0; b < rows.Count; b++)
            {
                float* products = gates + (nint)b * rows.GateStride, h = hidden + (nint)b * Width, sums = memory + (nint)b * MemoryWidth;
                for (int j = 0; j < Width; j += Simd.Width)
                {
                    (Vector512.Load(products + j) + Vector512.Load(sums + j)).Store(products + j);
                    StepActivations.Apply(_activation, products + j).Store(h + j);
                }
                int last = (_later - 1) * Width;
                for (int j = 0; j < last; j += Simd.Width) (Vector512.Load(products + Width + j) + Vector512.Load(sums + Width + j)).Store(sums + j);
                for (int j = last; j < last + Width; j += Simd.Width) Vector512.Load(products + Width + j).Store(sums + j);
            }
        }
    }
}
