namespace MlNetRnn.Experiments.Tests;

public class ScoreLimitsTests
{
    [Theory]
    [InlineData(true, -1e6)]
    [InlineData(false, 1e6)]
    public void The_axis_ends_before_outliers(bool isMaximize, double hopeless)
    {
        double[] scores = [0.5, 0.6, 0.7, 0.8, 0.9];
        Assert.Equal(0, ScoreLimits.Of(scores, isMaximize).Beyond);
        ScoreLimits limits = ScoreLimits.Of([.. scores, .. scores, hopeless], isMaximize);
        Assert.Equal(1, limits.Beyond);
        Assert.Equal(isMaximize ? 0.02 : 0.98, limits.Position(hopeless), 1e-9);
        Assert.All(scores, score => Assert.Equal(score, limits.Clamp(score)));
        Assert.InRange(limits.Maximum - limits.Minimum, 0.4, 2);
    }

    [Fact]
    public void The_low_starts_of_curves_are_shown()
    {
        double[] curve = [0.1, 0.4, 0.6, 0.8, 0.82, 0.83, 0.84, 0.84, 0.85, 0.85, 0.86, 0.85];
        Assert.Equal(0, ScoreLimits.Of(curve, isMaximize: true, ScoreLimits.FarForCurves).Beyond);
        Assert.Equal(1, ScoreLimits.Of([.. curve, -1e4], isMaximize: true, ScoreLimits.FarForCurves).Beyond);
    }

    [Theory]
    [InlineData(0.7, 0.7)]
    [InlineData(0, 0)]
    [InlineData(1e15, 1e15)]
    [InlineData(double.MinValue, double.MaxValue)]
    [InlineData(1e-310, 0)]
    public void There_is_a_margin_around_all_scores(double low, double high)
    {
        foreach (bool isMaximize in (bool[])[true, false])
        {
            ScoreLimits limits = ScoreLimits.Of([low, high], isMaximize);
            Assert.True(double.IsFinite(limits.Maximum - limits.Minimum));
            Assert.InRange(limits.Position(low), 0.01, 0.99);
            Assert.InRange(limits.Position(high), 0.01, 0.99);
        }
    }
}
