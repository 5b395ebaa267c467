namespace MlNetRnn.Samples;

/// <summary>A model and the course of its training.</summary>
/// <param name="Model">The model.</param>
/// <param name="Seconds">The duration of the training, including the reading of the data.</param>
/// <param name="Epochs">The report at the end of each epoch.</param>
public sealed record Trained<T>(T Model, double Seconds, IReadOnlyList<RnnTrainingProgress> Epochs)
{
    /// <summary>The mean over the epochs.</summary>
    public double TokensPerSecond => Epochs.Select(epoch => epoch.TokensPerSecond).DefaultIfEmpty().Average();

    /// <summary>The epoch of the model.</summary>
    private int Kept => Epochs.Last(epoch => epoch.IsBest).Epoch;

    /// <summary>Returns a summary in one line.</summary>
    public override string ToString() =>
        $"Trained in {Seconds:F1} s. Kept epoch {Kept} of {Epochs.Count}: the one with the best {Epochs[0].MetricName} on a held-out tenth.";
}
