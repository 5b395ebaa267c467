using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The mean of the states over the tokens of a row.</summary>
internal sealed class MeanPooling : Pooling
{
    private const long Float = 1;

    public override Tensor Forward(Tensor states, PackedBatch batch, int directions)
    {
        Tensor rows = tensor(PackedLayout.Rows(batch), device: states.device);
        Tensor sums = zeros([batch.Rows.Length, states.shape[1]], ScalarType.Float32, states.device);
        sums = sums.index_add(0, rows, states, Scalars.One);                                                    // [B,D·H]
        return sums / tensor(batch.Lengths, ScalarType.Float32, states.device).unsqueeze(1);
    }

    public override ExportedPooling Export(OnnxGraph graph, ExportedSequence encoded)
    {
        string masked = graph.Node("Where", [encoded.Mask, encoded.States, graph.Scalar(0)]);                   // [T,B,D·H]
        string sums = graph.Node("ReduceSum", [masked, graph.Constant([0], 1)], ("keepdims", 0L));              // [B,D·H]
        string counts = graph.Node("ReduceSum", [graph.Node("Cast", [encoded.Mask], ("to", Float)), graph.Constant([0], 1)], ("keepdims", 0L));
        return new ExportedPooling(graph.Node("Div", [sums, counts]));                                          // [B,D·H] / [B,1]
    }
}
