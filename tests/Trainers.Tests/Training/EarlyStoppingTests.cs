using MlNetRnn.Modules;
using MlNetRnn.Training;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Training;

public class EarlyStoppingTests
{
    [Fact]
    public void Keeps_the_weights_of_the_best_epoch_and_stops_after_patience()
    {
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter weight = parameters.Bias("w", 0, 1);
        var stopping = new EarlyStopping(parameters.All, patience: 2);
        // A lower loss resets the patience, but does not make the epoch the best one.
        (double Metric, double Loss, bool IsBest, bool IsOver)[] epochs =
        [
            (0.5, 1, true, false),
            (0.7, 1, true, false),
            (0.7, 2, false, false),
            (0.7, 0.9, true, false),
            (0.6, 0.8, false, false),
            (0.7, 0.9, false, false),
            (0.6, 2, false, true),
        ];
        for (int e = 1; e <= epochs.Length; e++)
        {
            weight.Restore([e]);
            var result = new ValidationResult(epochs[e - 1].Loss, "accuracy", epochs[e - 1].Metric);
            Assert.Equal(epochs[e - 1].IsBest, stopping.Report(e, result, EarlyStopping.MinimumSteps));
            Assert.Equal(epochs[e - 1].IsOver, stopping.IsOver);
        }
        stopping.RestoreBest();
        Assert.Equal([4f], weight.ToArray());
        Assert.Equal(4, stopping.BestEpoch);
    }

    [Fact]
    public void Does_not_stop_within_the_minimum_number_of_steps()
    {
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        parameters.Bias("w", 0, 1);
        var stopping = new EarlyStopping(parameters.All, patience: 2);
        for (int epoch = 1; epoch <= 29; epoch++) stopping.Report(epoch, new ValidationResult(1 + epoch, "accuracy", 0.45), steps: 10 * epoch);
        Assert.False(stopping.IsOver);
        stopping.Report(30, new ValidationResult(50, "accuracy", 0.45), steps: 300);
        stopping.Report(31, new ValidationResult(51, "accuracy", 0.45), steps: 310);
        Assert.True(stopping.IsOver);
    }

    [Fact]
    public void Restores_nothing_without_validation_data()
    {
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter weight = parameters.Bias("w", 3, 1);
        var stopping = new EarlyStopping(parameters.All, patience: 1);
        Assert.False(stopping.Report(1, null, 1000));
        stopping.RestoreBest();
        Assert.False(stopping.IsOver);
        Assert.Equal([3f], weight.ToArray());
    }
}
