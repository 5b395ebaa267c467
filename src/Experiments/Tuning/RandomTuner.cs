namespace MlNetRnn.Experiments;

/// <summary>A tuner that draws every option uniformly, independent of the results (Bergstra and Bengio, 2012).</summary>
public sealed class RandomTuner : ITuner
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Propose(TrialSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var random = new Random(settings.Seed);
        return [.. settings.Dimensions.Select(_ => random.NextDouble())];
    }

    /// <inheritdoc/>
    public void Update(TrialResult result)
    {
    }
}
