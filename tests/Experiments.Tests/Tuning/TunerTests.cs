namespace MlNetRnn.Experiments.Tests;

/// <summary>Tuners.</summary>
public class TunerTests
{
    private const string Pipeline = "p";

    private static readonly SearchDimension[] Dimensions =
    [
        .. Enumerable.Range(0, 4).Select(i => SearchDimension.Range($"x{i}", typeof(double), 0, 1, isLogarithmic: false).Of(Pipeline)),
        SearchDimension.Choice("way", ["a", "b", "c"]).Of(Pipeline),
        SearchDimension.Choice("batch", [8, 16, 32]).Of(Pipeline),
    ];

    [Fact]
    public void Random_points_are_uniform()
    {
        double[][] points = [.. Enumerable.Range(0, 400).Select(i => new RandomTuner().Propose(Settings(i)).ToArray())];
        for (int d = 0; d < Dimensions.Length; d++)
            Assert.All(Enumerable.Range(0, 4), quarter => Assert.InRange(points.Count(point => (int)(point[d] * 4) == quarter), 70, 130));
    }

    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(5, 0.85)]
    public void TPE_is_better_than_random_search_from_the_same_start(int lag, double share)
    {
        double Mean(Func<ITuner> tuner) => Enumerable.Range(1, 40).Average(seed => BestOf(tuner(), seed, trials: 25, lag));
        double random = Mean(() => new RandomTuner()), model = Mean(() => new TpeTuner(startupTrials: 4));
        Assert.True(model < share * random, $"{model} against {random}");
    }

    [Fact]
    public void The_same_calls_give_the_same_points_within_the_cube()
    {
        double[][] Points()
        {
            var tuner = new TpeTuner();
            var points = new List<double[]>();
            for (int i = 0; i < 30; i++)
            {
                points.Add([.. tuner.Propose(Settings(i))]);
                tuner.Update(Result(i, points[^1], Loss(points[^1], seed: 1)));
            }
            return [.. points];
        }

        double[][] once = Points();
        Assert.Equal(once, Points());
        Assert.All(once, point => Assert.All(point, x => Assert.InRange(x, 0, 1)));
        Assert.Equal(30, once.Select(point => string.Join(' ', point)).Distinct().Count());
    }

    [Fact]
    public void Failed_regions_are_avoided()
    {
        var tuner = new TpeTuner();
        for (int i = 0; i < 20; i++)
        {
            double x = i / 20.0;
            tuner.Update(Result(i, [x, 0.5, 0.5, 0.5, 0.5, 0.5], x > 0.5 ? double.PositiveInfinity : 1 + x));
        }
        int low = Enumerable.Range(20, 100).Count(i => tuner.Propose(Settings(i))[0] < 0.5);
        Assert.InRange(low, 80, 100);
    }

    [Fact]
    public void If_all_trials_failed_other_regions_are_tried()
    {
        var tuner = new TpeTuner();
        tuner.Update(Result(0, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], double.PositiveInfinity));
        double distance = Enumerable.Range(1, 50).Average(i => tuner.Propose(Settings(i)).Take(4).Sum(x => Math.Abs(x - 0.5)));
        Assert.InRange(distance, 1, 2);         // four even draws are at 1 on average
    }

    [Fact]
    public void The_better_pipeline_is_tried_more_often_and_judged_by_its_own_trials()
    {
        SearchDimension[] dimensions = [SearchDimension.Choice("Pipeline", ["good", "bad"]), SearchDimension.Range("x", typeof(double), 0, 1, false)
            .Of("good"), SearchDimension.Range("x", typeof(double), 0, 1, false).Of("bad")];
        var tuner = new TpeTuner();
        var chosen = new List<string>();
        for (int i = 0; i < 60; i++)
        {
            TrialSettings settings = Settings(i) with { Dimensions = dimensions };
            IReadOnlyList<double> point = tuner.Propose(settings);
            string pipeline = (string)dimensions[0].ValueAt(point[0]);
            chosen.Add(pipeline);
            double loss = pipeline == "good" ? Math.Abs(point[1] - 0.2) : 1 + Math.Abs(point[2] - 0.8);
            tuner.Update(Result(i, [.. point], loss) with { TrialSettings = settings with { Point = point, PipelineName = pipeline } });
        }
        Assert.InRange(chosen.Skip(10).Count(name => name == "good"), 35, 50);
    }

    [Fact]
    public void Values_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TpeTuner(startupTrials: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TpeTuner(goodShare: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TpeTuner(goodShare: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TpeTuner(candidates: 0));
    }

    /// <summary>A bowl-shaped function whose minimum is near the start, without noise.</summary>
    private static double Loss(double[] x, int seed)
    {
        var random = new Random(seed);
        double[] middle = [.. Enumerable.Range(0, 4).Select(_ => 0.2 + 0.6 * random.NextDouble())];
        return middle.Select((m, d) => (x[d] - m) * (x[d] - m)).Sum() + 0.1 * Math.Abs((int)(x[4] * 3) - random.Next(3)) + 0.05 * Math.Abs((int)(x[5] * 3) - 1);
    }

    private static double BestOf(ITuner tuner, int seed, int trials, int lag)
    {
        var results = new List<TrialResult>();
        for (int i = 0; i < trials; i++)
        {
            if (i >= lag) tuner.Update(results[i - lag]);
            double[] point = i == 0 ? [0.5, 0.5, 0.5, 0.5, 0.5, 0.5] : [.. tuner.Propose(Settings(i, seed))];
            results.Add(Result(i, point, Loss(point, seed)));
        }
        return results.Min(result => result.Loss);
    }

    private static TrialSettings Settings(int trial, int seed = 1) =>
        new()
        {
            TrialId = trial,
            Seed = TrialSettings.SeedOf(seed, trial),
            Dimensions = Dimensions,
            PipelineName = Pipeline,
            Start = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
        };

    private static TrialResult Result(int trial, double[] point, double loss) =>
        new()
        {
            TrialSettings = Settings(trial) with { Point = point },
            Ending = double.IsFinite(loss) ? TrialEnding.Completed : TrialEnding.Failed,
            Loss = loss,
            Metric = -loss
        };
}
