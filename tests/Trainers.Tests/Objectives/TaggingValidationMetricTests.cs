using MlNetRnn.Objectives;
using MlNetRnn.Tags;

namespace MlNetRnn.Trainers.Tests.Objectives;

public class TaggingValidationMetricTests
{
    private static readonly TagScheme Scheme = TagScheme.Of(["O", "B-A", "I-A"])!;

    [Fact]
    public void Counts_spans_as_the_evaluation_does()
    {
        var metric = new TaggingValidationMetric(3, Scheme);
        metric.Add([1, 2, 0, 1], [1, 2, 0, 0]);          // one of two found
        Assert.Equal(2.0 / 3, metric.Metric, 1e-9);
        metric.Add([-1, -1, 1], [1, 0, 1]);              // steps without a tag are skipped
        Assert.Equal(4.0 / 5, metric.Metric, 1e-9);
        metric.Add([0, -2, -2, 0], [0, 0, 0, 0]);        // a span of an unseen type
        Assert.Equal(4.0 / 6, metric.Metric, 1e-9);
    }

    [Fact]
    public void Counts_single_tags_if_they_mark_no_spans()
    {
        var metric = new TaggingValidationMetric(3, null);
        metric.Add([0, 0, 1, -1, -2], [0, 1, 1, 0, 0]);
        Assert.Equal(2.0 / 4, metric.Metric, 1e-9);
        Assert.Equal(2.0 / 4, metric.Baseline, 1e-9);
    }
}
