using MlNetRnn.Modules;

namespace MlNetRnn.Training;

/// <summary>The step size of each step, by <see cref="RnnTrainingOptions.Schedule"/>. Only <see cref="Factor"/> is state.</summary>
internal sealed class LearningRate(RnnTrainingOptions options)
{
    private const double PlateauFactor = 0.5;

    /// <summary>What a plateau has left of the step size: 1 at first.</summary>
    public double Factor { get; set; } = 1;

    /// <param name="step">The step to come, from 0.</param>
    /// <param name="progress">The share of all steps of <see cref="RnnTrainingOptions.MaxEpochs"/> that is done.</param>
    public float At(long step, double progress)
    {
        double warm = options.WarmupSteps == 0 ? 1 : Math.Min(1, (step + 1.0) / options.WarmupSteps);
        double decay = options.Schedule == RnnLearningRateSchedule.Linear ? 1 - progress : 1;
        return (float)(options.LearningRate * Factor * Math.Min(warm, decay));
    }

    /// <summary>To be told of every epoch.</summary>
    /// <param name="isProgress">Whether the validation result got better in any way.</param>
    public void EndEpoch(bool isProgress)
    {
        if (options.Schedule == RnnLearningRateSchedule.Plateau && !isProgress) Factor *= PlateauFactor;
    }
}
