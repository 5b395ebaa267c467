using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.NGrams;

namespace MlNetRnn.Transforms.Tests.NGrams;

public class NGramBuilderTests
{
    [Property(MaxTest = 200)]
    public Property Neither_the_buffer_nor_the_keys_nor_the_parts_matter() => Prop.ForAll(NGramModelTests.Texts(), NGramModelTests.Orders(), (text, order) =>
    {
        byte[] expected = NGramFile.Save(NGramModelTests.Learn(text, 5, order));
        var small = new NGramBuilder<ulong>(5, order, bits: 3, maximumBuffered: 4);
        var wide = new NGramBuilder<UInt128>(5, order, bits: 9);
        foreach (int symbol in text) small.Add([symbol]);
        wide.Add(text);
        return NGramFile.Save(small.Build()).SequenceEqual(expected) && NGramFile.Save(wide.Build()).SequenceEqual(expected);
    });

    [Fact]
    public void A_builder_builds_once()
    {
        NGramBuilder builder = NGramBuilder.Create(5, 3);
        builder.Build();
        Assert.Contains("one call of Build", Assert.Throws<InvalidOperationException>(() => builder.Build()).Message);
        Assert.Contains("create a new builder", Assert.Throws<InvalidOperationException>(() => builder.Add([2])).Message);
    }

    [Property(MaxTest = 300)]
    public bool Keys_are_counted_in_parts(byte[][] parts)
    {
        var keys = new CountedKeys<ulong>();
        foreach (byte[] part in parts) keys.Add([.. part.Order().Select(key => (ulong)key)]);
        var expected = parts.SelectMany(part => part).GroupBy(key => key).OrderBy(group => group.Key).ToList();
        return keys.Keys.SequenceEqual([.. expected.Select(group => (ulong)group.Key)])
            && keys.Counts.SequenceEqual([.. expected.Select(group => group.Count())]);
    }

    [Fact]
    public void Pruning_drops_long_rare_ngrams_only()
    {
        int[] text = [2, 3, 4, 2, 3, 4, 2, 3, 2, 4, 3, 0];
        NGramModel all = NGramModelTests.Learn(text, 5, 3), pruned = NGramModelTests.Learn(text, 5, 3, minimumCount: 2);
        Assert.Equal(all.Levels[1].Successors, pruned.Levels[1].Successors);
        Assert.Equal([3, 4, 2], pruned.Levels[2].Successors);       // after 4 2, 2 3 and 3 4
        Assert.True(all.Levels[2].Successors.Length > 3);
    }

    [Theory]
    [InlineData(100, 1, "expected 2 to 8 with 100 symbols, got 1. ")]
    [InlineData(100, 9, "expected 2 to 8 with 100 symbols, got 9. ")]
    [InlineData(300_000, 7, "expected 2 to 6 with 300000 symbols, got 7. ")]
    public void Orders_that_are_not_possible_are_rejected(int symbols, int order, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentOutOfRangeException>(() => NGramBuilder.Create(symbols, order)).Message);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(256, 8)]
    [InlineData(257, 8)]
    [InlineData(65_536, 8)]
    public void The_largest_orders_work(int symbols, int order)
    {
        int[] text = [.. Enumerable.Range(0, 200).Select(i => i * i * i % symbols)];
        var slow = new SlowKneserNey(text, symbols, order, 1);
        NGramModel model = NGramModelTests.Learn(text, symbols, order);
        foreach (int end in new[] { 50, 100, 150 })
            Assert.Equal(Math.Log(slow.Probability(text[..end], text[end])), model.LogProbability(text.AsSpan(..end), text[end]), 5);
    }

    [Fact]
    public void Discounts_are_those_of_the_paper()
    {
        Discounts discounts = Discounts.Estimate([0, 4, 2, 1, 1]);
        Assert.Equal(0.5, discounts.One, 12);       // Y = 4 / (4 + 2 * 2); 1 - 2 Y 2/4
        Assert.Equal(1.25, discounts.Two, 12);      // 2 - 3 Y 1/2
        Assert.Equal(1, discounts.More, 12);        // 3 - 4 Y 1/1
    }

    [Fact]
    public void Building_can_be_canceled()
    {
        NGramBuilder builder = NGramBuilder.Create(5, 3);
        builder.Add([1, 2, 3]);
        Assert.Throws<OperationCanceledException>(() => builder.Build(1, () => throw new OperationCanceledException()));
    }
}
