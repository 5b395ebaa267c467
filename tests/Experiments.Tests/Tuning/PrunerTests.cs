namespace MlNetRnn.Experiments.Tests;

/// <summary>Pruners, on simple curves.</summary>
public class PrunerTests
{
    private static readonly TrialResult[] Four = [Trial(0, 0.1, 0.2, 0.3, 0.4), Trial(1, 0.2, 0.4, 0.6, 0.8), Trial(2, 0.3, 0.6, 0.7),
        Trial(3, 0.1, 0.1, 0.1, 0.1)];

    [Theory]
    [InlineData(false, 0.0, 0.0)]             // warming up
    [InlineData(true, 0.0, 0.0, 0.44)]        // the median of 0.3, 0.6, 0.7, 0.1 is 0.45
    [InlineData(false, 0.0, 0.0, 0.45)]
    [InlineData(false, 0.5, 0.0, 0.0)]        // the best so far counts
    [InlineData(true, 0.5, 0.0, 0.0, 0.5)]    // 0.4, 0.8, 0.7 (it ended by itself), 0.1: 0.55
    public void Below_the_median_of_the_others(bool prunes, params double[] curve) =>
        Assert.Equal(prunes, new MedianPruner().ShouldPrune(Running(9, curve), Four));

    [Fact]
    public void The_median_requires_enough_comparable_trials()
    {
        Assert.False(new MedianPruner(startupTrials: 5).ShouldPrune(Running(9, 0, 0, 0), Four));
        // A pruned trial has no final metric.
        TrialResult[] pruned = [.. Four[..3], Four[3] with { Ending = TrialEnding.Pruned, Curve = [0.1, 0.1] }];
        Assert.False(new MedianPruner().ShouldPrune(Running(9, 0, 0, 0), pruned));
        Assert.True(new MedianPruner(startupTrials: 3).ShouldPrune(Running(9, 0, 0, 0), pruned));
    }

    [Theory]
    [InlineData(false, 0.31)]                       // the best of five after one epoch
    [InlineData(true, 0.29)]                        // 5 / 3 = 1 goes on
    [InlineData(false, 0.31, 0.0)]                  // no rung
    [InlineData(true, 0.31, 0.0, 0.6)]              // 0.7 is better after three epochs
    [InlineData(false, 0.31, 0.0, 0.71)]
    public void Only_the_best_third_continues(bool prunes, params double[] curve) =>
        Assert.Equal(prunes, new SuccessiveHalvingPruner(minimumEpochs: 1).ShouldPrune(Running(9, curve), Four));

    [Fact]
    public void Of_fewer_trials_than_the_reduction_factor_the_best_continues()
    {
        var pruner = new SuccessiveHalvingPruner(minimumEpochs: 1, reductionFactor: 4);
        Assert.False(pruner.ShouldPrune(Running(9, 0), []));
        Assert.True(pruner.ShouldPrune(Running(9, 0.19), Four[..2]));
        Assert.False(pruner.ShouldPrune(Running(9, 0.21), Four[..2]));
    }

    [Fact]
    public void Hyperband_compares_only_within_a_bracket()
    {
        // 27 epochs in thirds make four brackets: 0 compares after 1, 3, 9 … epochs, 3 only after 27.
        var hyperband = new HyperbandPruner(maximumEpochs: 27);
        TrialResult[] same = [.. Enumerable.Range(0, 4).Select(i => Trial(4 * i, 0.5, 0.5, 0.5))];
        Assert.True(hyperband.ShouldPrune(Running(16, 0.1), same));
        Assert.False(hyperband.ShouldPrune(Running(17, 0.1), same));
        Assert.False(hyperband.ShouldPrune(Running(19, 0.1, 0.1, 0.1), [.. Enumerable.Range(0, 4).Select(i => Trial(4 * i + 3, 0.5, 0.5, 0.5))]));
        Assert.False(hyperband.ShouldPrune(Running(17, 0.1, 0.1, 0.1), same));
        Assert.True(hyperband.ShouldPrune(Running(17, 0.1, 0.1, 0.1), [.. Enumerable.Range(0, 4).Select(i => Trial(4 * i + 1, 0.5, 0.5, 0.5))]));
    }

    [Fact]
    public void Values_out_of_range_are_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MedianPruner(startupTrials: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MedianPruner(warmupEpochs: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SuccessiveHalvingPruner(minimumEpochs: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SuccessiveHalvingPruner(reductionFactor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HyperbandPruner(maximumEpochs: 0));
    }

    [Fact]
    public void A_trial_with_five_times_the_work_is_compared_five_times_as_early()
    {
        TrialResult[] light = [.. Enumerable.Range(0, 4).Select(i => Trial(i, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6) with { WorkPerEpoch = 100 })];
        TrialResult Heavy(params double[] curve) => Running(9, curve) with { WorkPerEpoch = 500 };
        // Better than the others after one epoch, worse than the others after the same work.
        Assert.True(new SuccessiveHalvingPruner().ShouldPrune(Heavy(0.45), light));
        Assert.False(new SuccessiveHalvingPruner().ShouldPrune(Heavy(0.55), light));
        Assert.True(new MedianPruner().ShouldPrune(Heavy(0.45), light));
        Assert.False(new MedianPruner().ShouldPrune(Heavy(0.55), light));
        // The next rungs are at 9 and 27 of their epochs: at its second, and then its sixth.
        Assert.True(new SuccessiveHalvingPruner().ShouldPrune(Heavy(0.55, 0.55), light));
        Assert.False(new SuccessiveHalvingPruner().ShouldPrune(Heavy(0.55, 0.55, 0.55), light));
        Assert.True(new SuccessiveHalvingPruner().ShouldPrune(Heavy(0.55, 0.55, 0.55, 0.55, 0.55, 0.55), light));
        // A small network gets three epochs for each epoch of a large one.
        TrialResult tiny = Running(9, 0.05, 0.05, 0.05) with { WorkPerEpoch = 30 };
        Assert.False(new SuccessiveHalvingPruner().ShouldPrune(tiny, light));
        Assert.True(new SuccessiveHalvingPruner(minimumEpochs: 1).ShouldPrune(tiny with { Curve = [0.05, 0.05, 0.05, 0.05] }, light));
    }

    private static TrialResult Running(int trial, params double[] curve) =>
        new() { TrialSettings = Settings(trial), Ending = TrialEnding.Completed, Curve = curve };

    private static TrialSettings Settings(int trial) => new() { TrialId = trial, Seed = trial, Dimensions = [] };

    private static TrialResult Trial(int trial, params double[] curve) =>
        new() { TrialSettings = Settings(trial), Ending = TrialEnding.Completed, Curve = curve, Metric = curve.Max(), Loss = -curve.Max() };
}
