namespace MlNetRnn.Experiments.Tests;

public class ExperimentReportAxisTests
{
    [Fact]
    public void Labels_are_round()
    {
        Assert.Equal(["0.5", "0.6", "0.7", "0.8", "0.9"], Labels(Axis.Scores([0.52, 0.93, 0.49], isMaximize: true)));
        Assert.Equal(["-1.0", "-0.5", "0.0", "0.5"], Labels(Axis.Scores([-1.2, 0.8], isMaximize: false)));
        Assert.Equal(["0", "20", "40", "60", "80", "100"], Labels(Axis.To(100)));
        Assert.Equal(["1", "2", "3"], Labels(Axis.Count(3)));
        Assert.Equal(["1", "2", "4", "6", "8", "10", "12"], Labels(Axis.Count(12)));
        Assert.Equal(["1.0E+9", "1.2E+9", "1.4E+9", "1.6E+9", "1.8E+9", "2.0E+9"], Labels(Axis.Scores([1e9, 2e9], isMaximize: true)));
        Assert.Equal(["0.68", "0.70", "0.72"], Labels(Axis.Scores([0.7, 0.7], isMaximize: true)));
    }

    [Fact]
    public void Labels_are_at_the_positions_of_their_numbers()
    {
        Axis axis = Axis.Scores([0.52, 0.93, 0.49], isMaximize: true);
        Assert.All(axis.Ticks, tick =>
            Assert.Equal(axis.Position(double.Parse(tick.Label, System.Globalization.CultureInfo.InvariantCulture)), tick.Position, 1e-9));
    }

    [Theory]
    [InlineData(true, -1e6)]
    [InlineData(false, 1e6)]
    public void The_axis_ends_before_outliers(bool isMaximize, double hopeless)
    {
        double[] scores = [0.5, 0.6, 0.7, 0.8, 0.9];
        Assert.Equal(0, Axis.Scores(scores, isMaximize).Beyond);
        Axis axis = Axis.Scores([.. scores, .. scores, hopeless], isMaximize);
        Assert.Equal(1, axis.Beyond);
        Assert.Equal(isMaximize ? 0 : 1, axis.Position(hopeless));
        Assert.All(scores, score => Assert.InRange(axis.Position(score), 0.01, 0.99));
    }

    [Fact]
    public void The_low_starts_of_curves_are_shown()
    {
        double[] curve = [0.1, 0.4, 0.6, 0.8, 0.82, 0.83, 0.84, 0.84, 0.85, 0.85, 0.86, 0.85];
        Assert.Equal(0, Axis.Curves(curve).Beyond);
        Assert.Equal(1, Axis.Curves([.. curve, -1e4]).Beyond);
    }

    private static IEnumerable<string> Labels(Axis axis) => axis.Ticks.Select(tick => tick.Label);
}
