using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>The scores that libtorch computes, in the order of the rows.</summary>
internal static class PooledScores
{
    public static float[][] Of(PooledNetwork network, SequenceStore rows)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        PackedBatch batch = TestBatch.Packed(rows);
        Tensor scores = network.Forward(batch, ForwardMode.Scoring).softmax(1);         // [B,K]
        var byRow = new float[rows.Count][];
        for (int b = 0; b < rows.Count; b++) byRow[batch.Rows[b]] = scores[b].data<float>().ToArray();
        return byRow;
    }
}
