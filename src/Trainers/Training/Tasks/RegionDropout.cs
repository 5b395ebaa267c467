using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>
/// Dropout of whole regions: the network reads a random part of the regions of each image. A set of regions may have any number of them, so that nothing has to
/// be scaled when all of them are read.
/// </summary>
/// <param name="probability">The share of the regions that are left out; at least one remains.</param>
internal sealed class RegionDropout(float probability)
{
    /// <summary>Returns the batch with fewer regions.</summary>
    public PairBatch Thin(PairBatch batch, ForwardMode mode)
    {
        if (probability == 0 || !mode.IsTraining) return batch;
        using Tensor drawn = rand([batch.Source.Count], ScalarType.Float32, generator: mode.Random);            // [N]
        float[] numbers = drawn.Span().ToArray();
        return batch with { Source = batch.Source.WithSteps(row => Kept(batch.Source, row, numbers)) };
    }

    private int[] Kept(PackedBatch source, int row, float[] numbers)
    {
        int length = source.Lengths[row], kept = Math.Max(1, (int)MathF.Round((1 - probability) * length));
        return [.. Enumerable.Range(0, length).OrderBy(step => numbers[source.Position(row, step)]).Take(kept).Order()];
    }
}
