using MlNetRnn.Batching;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

public class DropoutTests
{
    [Fact]
    public void Locked_dropout_drops_the_same_components_at_all_steps_of_a_row()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 5, 3, 4));
        Tensor dropped = new Dropout(0.5f, isLocked: true).Forward(ones([batch.Count, 40]), batch, new ForwardMode(random));
        long[] rows = PackedLayout.Rows(batch);
        string[] masks = [.. Enumerable.Range(0, batch.Count).Select(n => string.Join(' ', dropped[n].data<float>().ToArray()))];
        Assert.All(Enumerable.Range(0, batch.Count), n => Assert.Equal(masks[Array.IndexOf(rows, rows[n])], masks[n]));
        Assert.Equal(3, masks.Distinct().Count());
        Assert.All(dropped.data<float>().ToArray(), x => Assert.True(x is 0 or 2));
    }

    [Fact]
    public void Scoring_drops_nothing()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones([4, 3]);
        Assert.Same(x, new Dropout(0.5f).Forward(x, ForwardMode.Scoring));
    }
}
