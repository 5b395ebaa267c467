using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The last state: of the forward direction at the row's own last token, of the backward direction at its first token.</summary>
internal sealed class LastPooling : Pooling
{
    public override Tensor Forward(Tensor states, PackedBatch batch, int directions)
    {
        Tensor[] byDirection = states.chunk(directions, 1);                                                 // D × [N,H]
        Tensor last = tensor(batch.Lengths.Select((length, b) => (long)batch.Position(b, length - 1)).ToArray(), device: states.device);
        Tensor[] final = [byDirection[0].index_select(0, last), .. byDirection.Skip(1).Select(backward => backward.narrow(0, 0, batch.Rows.Length))];
        return cat(final, 1);                                                                               // [B,D·H]
    }

    public override ExportedPooling Export(OnnxGraph graph, ExportedSequence encoded)
    {
        string byRow = graph.Node("Transpose", [encoded.Final], ("perm", new long[] { 1, 0, 2 }));          // [B,D,H]
        return new ExportedPooling(graph.Node("Reshape", [byRow, graph.Constant([0, -1], 2)]));             // [B,D·H]
    }
}
