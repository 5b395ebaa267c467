using MlNetRnn.Objectives;
using MlNetRnn.Tags;

namespace MlNetRnn.Trainers.Tests.Training;

public class TagTallyTests
{
    private static readonly TagScheme Scheme = TagScheme.Of(["O", "B-A", "I-A"])!;

    [Fact]
    public void Counts_spans_as_the_evaluation_does()
    {
        var tally = new TagTally(3, Scheme);
        tally.Add([1, 2, 0, 1], [1, 2, 0, 0]);          // one of two found
        Assert.Equal(2.0 / 3, tally.Metric, 1e-9);
        tally.Add([-1, -1, 1], [1, 0, 1]);              // what has no tag is passed over
        Assert.Equal(4.0 / 5, tally.Metric, 1e-9);
        tally.Add([0, -2, -2, 0], [0, 0, 0, 0]);        // a span that the model cannot know
        Assert.Equal(4.0 / 6, tally.Metric, 1e-9);
    }

    [Fact]
    public void Counts_single_tags_if_they_mark_no_spans()
    {
        var tally = new TagTally(3, null);
        tally.Add([0, 0, 1, -1, -2], [0, 1, 1, 0, 0]);
        Assert.Equal(2.0 / 4, tally.Metric, 1e-9);
        Assert.Equal(2.0 / 4, tally.Baseline, 1e-9);
    }
}
