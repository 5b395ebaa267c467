using MlNetRnn.Tags;

namespace MlNetRnn.Transforms.Tests.Tags;

public class SpanCounterTests
{
    private static readonly TagScheme Scheme = TagScheme.Of(["O", "B-A", "I-A", "B-B"])!;

    [Fact]
    public void Counts_spans_by_type_and_in_total()
    {
        var spans = new SpanCounter(Scheme);
        spans.Add([1, 2, 0, 3], [1, 2, 0, 1]);
        spans.Add([3, 0], [3, 3]);
        Assert.Equal(["A", "B"], spans.PerType.Keys);
        Assert.Equal(new SpanCounts(1, 2, 1), spans.PerType["A"]);
        Assert.Equal(new SpanCounts(2, 2, 1), spans.PerType["B"]);
        Assert.Equal(new SpanCounts(3, 4, 2), spans.Total);
        Assert.Equal(4.0 / 7, spans.Total.F1, 1e-12);
    }

    [Fact]
    public void Steps_without_a_tag_are_left_out_and_their_neighbors_become_adjacent()
    {
        var spans = new SpanCounter(Scheme);
        spans.Add([1, SpanCounter.NoTag, 2], [1, 3, 2]);
        Assert.Equal(new SpanCounts(1, 1, 1), spans.Total);
    }

    [Fact]
    public void A_run_of_tags_that_the_scheme_does_not_include_is_a_missed_span()
    {
        var spans = new SpanCounter(Scheme);
        spans.Add([0, -2, -3, 0, -2], [0, 0, 0, 0, 0]);
        Assert.Equal(new SpanCounts(2, 0, 0), spans.Total);
        Assert.Empty(spans.PerType);
    }

    [Fact]
    public void Without_spans_F1_is_0() => Assert.Equal(0, new SpanCounter(Scheme).Total.F1);
}
