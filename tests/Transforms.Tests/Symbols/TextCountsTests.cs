using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Symbols;

namespace MlNetRnn.Transforms.Tests.Symbols;

public class TextCountsTests
{
    [Fact]
    public void Counts_are_exact_if_the_texts_fit()
    {
        TextCounts counts = Count("b a c b c b".Split(' '), capacity: 3);
        Assert.Equal([("b", 3), ("c", 2), ("a", 1)], counts.FromFrequentToRare());
        Assert.Equal(0, counts.Error);
    }

    [Property(MaxTest = 500)]
    public Property Counts_are_too_low_by_at_most_the_error() => Prop.ForAll(Arb.From(Gen.Choose(0, 30).Select(i => i * i / 30).ArrayOf()), numbers =>
    {
        string[] texts = [.. numbers.Select(number => number.ToString())];
        TextCounts counts = Count(texts, capacity: 5);
        var actual = counts.FromFrequentToRare().ToDictionary(entry => entry.Text, entry => entry.Count);
        return actual.Count <= 5 && texts.GroupBy(text => text).All(group =>
            group.Count() - actual.GetValueOrDefault(group.Key) is var missing && missing >= 0 && missing <= counts.Error);
    });

    [Fact]
    public void Many_distinct_texts_need_bounded_memory()
    {
        TextCounts counts = Count(Enumerable.Range(0, 100_000).SelectMany(i => new[] { "often", i.ToString() }), capacity: 1_000);
        Assert.True(counts.FromFrequentToRare().Count() <= 1_000);
        Assert.Equal(("often", 100_000), counts.FromFrequentToRare().First());
    }

    [Fact]
    public void A_builder_states_the_error_of_its_counts()
    {
        var builder = new TokenCodecBuilder(RnnLanguageUnit.Whitespace, capacity: 2);
        builder.AddText("a a b");
        Assert.Equal(0, builder.CountError);
        builder.AddText("c");
        Assert.Equal(1, builder.CountError);
        Assert.Equal(["a"], builder.Build(1, 10).Units());
    }

    private static TextCounts Count(IEnumerable<string> texts, int capacity)
    {
        var counts = new TextCounts(capacity);
        foreach (string text in texts) counts.Add(text);
        return counts;
    }
}
