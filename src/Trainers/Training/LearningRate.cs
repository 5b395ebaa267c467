using MlNetRnn.Modules;

namespace MlNetRnn.Training;

/// <summary>The learning rate of each step, by <see cref="RnnTrainingOptions.Schedule"/>. <see cref="Factor"/> is its only state.</summary>
internal sealed class LearningRate(RnnTrainingOptions options)
{
    private const double PlateauFactor = 0.5;

    /// <summary>The factor that plateaus have reduced, 1 at first.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>Returns the learning rate of a step.</summary>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="progress">The share of all steps of <see cref="RnnTrainingOptions.MaxEpochs"/> that are done, or of the time, whichever is greater.</param>
    public float At(long step, double progress)
    {
        double warm = options.WarmupSteps == 0 ? 1 : Math.Min(1, (step + 1.0) / options.WarmupSteps);
        double decay = options.Schedule == RnnLearningRateSchedule.Linear ? 1 - progress : 1;
        return (float)(options.LearningRate * Factor * Math.Min(warm, decay));
    }

    /// <summary>Records the end of an epoch.</summary>
    /// <param name="isProgress">Whether the epoch improved the metric or the loss.</param>
    public void EndEpoch(bool isProgress)
    {
        if (options.Schedule == RnnLearningRateSchedule.Plateau && !isProgress) Factor *= PlateauFactor;
    }
}
