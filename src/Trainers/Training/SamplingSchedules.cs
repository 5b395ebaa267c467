namespace MlNetRnn.Training;

/// <summary>The probability of replacing a true symbol over the course of a training: an additional schedule is one line here.</summary>
internal static class SamplingSchedules
{
    // The exponential schedule has done 99 % of its way at the end; the sigmoid goes from -5 to 5.
    private const double Rest = 0.01, Steepness = 10;

    private static readonly Dictionary<RnnSamplingSchedule, Func<double, double>> ByName = new()
    {
        [RnnSamplingSchedule.Linear] = progress => progress,
        [RnnSamplingSchedule.Exponential] = progress => (1 - Math.Pow(Rest, progress)) / (1 - Rest),
        [RnnSamplingSchedule.InverseSigmoid] = progress => (Sigmoid(progress) - Sigmoid(0)) / (Sigmoid(1) - Sigmoid(0)),
    };

    /// <summary>Returns the probability.</summary>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="progress">The share of the training that is done, 0 to 1.</param>
    public static double Probability(RnnTranslationOptions options, double progress) => options.Sampling switch
    {
        RnnTargetSampling.Teacher => 0,
        RnnTargetSampling.Always => 1,
        _ => options.SamplingProbability * ByName[options.SamplingSchedule](Math.Clamp(progress, 0, 1)),
    };

    private static double Sigmoid(double progress) => 1 / (1 + Math.Exp(-Steepness * (progress - 0.5)));
}
