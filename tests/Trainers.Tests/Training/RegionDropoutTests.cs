using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Sequences;
using TorchSharp;

namespace MlNetRnn.Training.Tests;

/// <summary>Dropout of whole regions: another part of each image in each step, and all of it in scoring.</summary>
public sealed class RegionDropoutTests : IDisposable
{
    private const int Size = 2;

    private readonly torch.Generator _random = new(3);

    public void Dispose() => _random.Dispose();

    [Fact]
    public void A_training_step_reads_a_part_of_the_regions_of_each_image_in_their_order()
    {
        PairBatch batch = Batch(10, 4, 1), thin = new RegionDropout(0.3f).Thin(batch, new ForwardMode(_random));
        Assert.Equal([7, 3, 1], thin.Source.Lengths);
        for (int row = 0; row < 3; row++)
        {
            float[] numbers = [.. Enumerable.Range(0, thin.Source.Lengths[row]).SelectMany(step =>
                thin.Source.Columns[0].Frames.AsSpan(thin.Source.Position(row, step) * Size, Size).ToArray())];
            float[] regions = [.. numbers.Where((_, i) => i % Size == 0)];
            Assert.Equal(regions.Select(region => -region), numbers.Where((_, i) => i % Size == 1));
            Assert.Equal(regions.Distinct().Order(), regions);
            Assert.All(regions, region => Assert.Equal(batch.Source.Rows[row], (int)region / 100));
        }
        Assert.Equal(batch.Order, thin.Order);
        Assert.NotEqual(thin.Source.Columns[0].Frames, new RegionDropout(0.3f).Thin(batch, new ForwardMode(_random)).Source.Columns[0].Frames);
    }

    [Fact]
    public void Scoring_and_a_probability_of_0_read_everything()
    {
        PairBatch batch = Batch(5, 2);
        Assert.Same(batch, new RegionDropout(0.5f).Thin(batch, ForwardMode.Scoring));
        Assert.Same(batch, new RegionDropout(0).Thin(batch, new ForwardMode(_random)));
    }

    [Fact]
    public void At_least_one_region_remains() => Assert.Equal([1, 1], new RegionDropout(0.95f).Thin(Batch(3, 1), new ForwardMode(_random)).Source.Lengths);

    /// <summary>Creates a batch of images with some regions; region r of image i has the numbers 100·i + r and its negative.</summary>
    private static PairBatch Batch(params int[] regions)
    {
        SequenceStore images = new(Size), captions = new();
        for (int image = 0; image < regions.Length; image++)
        {
            for (int region = 0; region < regions[image]; region++) images.Add([100 * image + region, -100 * image - region]);
            images.EndSequence();
            foreach (int symbol in new[] { 0, 2, 0 }) captions.Add(symbol);
            captions.EndSequence();
        }
        return PairBatch.Of(new PairSet(images, captions), [.. Enumerable.Range(0, regions.Length)]);
    }
}
