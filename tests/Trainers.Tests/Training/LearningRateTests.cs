using MlNetRnn.Modules;
using MlNetRnn.Training;

namespace MlNetRnn.Trainers.Tests.Training;

public class LearningRateTests
{
    [Fact]
    public void Constant_is_constant_after_the_warm_up()
    {
        var rate = new LearningRate(new RnnTrainingOptions { LearningRate = 0.1f, WarmupSteps = 4 });
        Assert.Equal([0.025f, 0.05f, 0.075f, 0.1f, 0.1f], Enumerable.Range(0, 5).Select(step => rate.At(step, step / 100.0)), Close);
    }

    [Fact]
    public void Linear_falls_to_0_at_the_end()
    {
        var rate = new LearningRate(new RnnTrainingOptions { LearningRate = 0.1f, WarmupSteps = 2, Schedule = RnnLearningRateSchedule.Linear });
        (int Step, double Progress)[] places = [(0, 0), (1, 0), (2, 0.2), (5, 0.5), (10, 1)];
        Assert.Equal([0.05f, 0.1f, 0.08f, 0.05f, 0], places.Select(at => rate.At(at.Step, at.Progress)), Close);
    }

    [Fact]
    public void Plateau_halves_after_an_epoch_without_progress()
    {
        var rate = new LearningRate(new RnnTrainingOptions { LearningRate = 0.1f, Schedule = RnnLearningRateSchedule.Plateau });
        rate.EndEpoch(isProgress: true);
        Assert.Equal(0.1f, rate.At(10, 0.1), 1e-6);
        rate.EndEpoch(isProgress: false);
        rate.EndEpoch(isProgress: false);
        Assert.Equal(0.025f, rate.At(20, 0.2), 1e-6);
        var constant = new LearningRate(new RnnTrainingOptions { LearningRate = 0.1f });
        constant.EndEpoch(isProgress: false);
        Assert.Equal(0.1f, constant.At(20, 0.2), 1e-6);
    }

    private static bool Close(float a, float b) => Math.Abs(a - b) < 1e-6;
}
