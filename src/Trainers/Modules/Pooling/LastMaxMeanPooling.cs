using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The concatenation of the last state, the maximum and the mean (concat pooling; Howard and Ruder, 2018, section 3.3).</summary>
internal sealed class LastMaxMeanPooling : Pooling
{
    private readonly Pooling[] _parts = [new LastPooling(), new MaxPooling(), new MeanPooling()];

    public override int OutputSize(int size) => _parts.Length * size;

    public override Tensor Forward(Tensor states, PackedBatch batch, int directions) =>
        cat([.. _parts.Select(part => part.Forward(states, batch, directions))], 1);                        // [B,3·D·H]

    public override ExportedPooling Export(OnnxGraph graph, ExportedSequence encoded) =>
        new(graph.Node("Concat", [.. _parts.Select(part => part.Export(graph, encoded).Vector)], ("axis", 1L)));
}
