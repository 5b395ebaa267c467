namespace MlNetRnn.Experiments;

/// <summary>Draws every option evenly, whatever the results were (Bergstra and Bengio, 2012).</summary>
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
