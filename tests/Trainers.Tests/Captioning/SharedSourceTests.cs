using MlNetRnn.Batching;
using MlNetRnn.Fitting;
using MlNetRnn.Sequences;

namespace MlNetRnn.Trainers.Tests.Captioning;

/// <summary>Pairs that share a source.</summary>
public class SharedSourceTests
{
    [Fact]
    public void Equal_sources_are_kept_once()
    {
        var store = new SequenceStore(2);
        var shared = new SharedSources(store);
        foreach (float[] image in new float[][] { [1, 2, 3, 4], [5, 6], [1, 2, 3, 4], [1, 2], [5, 6], [1, 2, 3, 4] })
        {
            for (int i = 0; i < image.Length; i += 2) store.Add(image.AsSpan(i, 2));
            store.EndSequence();
            shared.AddLast();
        }
        Assert.Equal([0, 1, 0, 2, 1, 0], shared.OfPairs);
        Assert.Equal(3, store.Count);
        Assert.True(shared.IsAnyShared);
        Assert.Equal([5f, 6f], store.Frames(1).ToArray());
    }

    [Fact]
    public void Missing_numbers_are_equal_to_each_other()
    {
        var store = new SequenceStore(1);
        var shared = new SharedSources(store);
        for (int i = 0; i < 2; i++)
        {
            store.EndSequence();
            shared.AddLast();
        }
        Assert.Equal([0, 0], shared.OfPairs);
    }

    /// <summary>The rate of a training is that of the symbols that it reads.</summary>
    [Fact]
    public void A_shared_source_counts_once()
    {
        PairSet shared = CaptioningCase.Shared(), copied = CaptioningCase.Copied();
        int cells = CaptioningCase.GridWidth * CaptioningCase.GridHeight, targets = 4 + 2 + 6 + 1 + 3 + 5;
        Assert.Equal(2 * cells + targets, shared.Length([0, 1, 2, 3, 4]));
        Assert.Equal(5 * cells + targets, copied.Length([0, 1, 2, 3, 4]));
    }

    /// <summary>Otherwise the validation images would be known from their other captions.</summary>
    [Fact]
    public void Pairs_of_a_source_are_held_out_together()
    {
        SequenceStore sources = new(1), targets = new();
        for (int i = 0; i < 20; i++)
        {
            sources.Add([(float)i]);
            sources.EndSequence();
        }
        int[] of = [.. Enumerable.Range(0, 60).Select(pair => pair % 20)];
        foreach (int _ in of)
        {
            targets.Add(0);
            targets.Add(0);
            targets.EndSequence();
        }
        PairData data = PairData.Split(new PairSet(sources, targets) { SharedSources = of }, 0.25, seed: 1);
        Assert.Equal(45, data.TrainingPairs.Length);
        Assert.Equal(15, data.ValidationPairs.Length);
        Assert.Empty(data.TrainingPairs.Select(pair => of[pair]).Intersect(data.ValidationPairs.Select(pair => of[pair])));
    }
}
