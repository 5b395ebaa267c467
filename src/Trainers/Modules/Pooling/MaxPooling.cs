using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The maximum of each state component over the tokens of a row (Collobert and Weston, 2008).</summary>
internal sealed class MaxPooling : Pooling
{
    private const float BelowEveryState = -1e30f;

    public override Tensor Forward(Tensor states, PackedBatch batch, int directions) =>
        states.device_type == TorchSharp.DeviceType.CPU ? MaxPoolingFunction.Apply(states, batch) : ForwardWithOperators(states, batch);

    /// <summary>Computes the same with libtorch operators, for other devices and as a reference in tests.</summary>
    internal static Tensor ForwardWithOperators(Tensor states, PackedBatch batch)
    {
        // The additional row, below every state, represents the positions after the end of a row.
        long width = states.shape[1];
        Tensor extended = cat([states, Scalars.Filled([1, width], BelowEveryState, states.device)]);          // [N+1,D·H]
        Tensor padded = extended.index_select(0, tensor(PackedLayout.Tokens(batch), device: states.device));
        return padded.view(batch.Steps, batch.Rows.Length, width).max(0).values;                            // [T,B,D·H] → [B,D·H]
    }

    public override ExportedPooling Export(OnnxGraph graph, ExportedSequence encoded)
    {
        string masked = graph.Node("Where", [encoded.Mask, encoded.States, graph.Scalar(BelowEveryState)]); // [T,B,D·H]
        return new ExportedPooling(graph.Node("ReduceMax", [masked], ("axes", new long[] { 0 }), ("keepdims", 0L)));    // [B,D·H]
    }
}
