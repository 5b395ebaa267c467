namespace MlNetRnn.Samples;

/// <summary>A model and how its training went.</summary>
/// <param name="Model">The model.</param>
/// <param name="Seconds">How long the training took, with the reading of the data.</param>
/// <param name="Epochs">The report at the end of each epoch.</param>
internal sealed record Trained<T>(T Model, double Seconds, IReadOnlyList<RnnTrainingProgress> Epochs)
{
    /// <summary>The mean over the epochs.</summary>
    public double TokensPerSecond => Epochs.Select(epoch => epoch.TokensPerSecond).DefaultIfEmpty().Average();

    /// <summary>The epoch that the model is of.</summary>
    private int Kept => Epochs.Last(epoch => epoch.IsBest).Epoch;

    /// <summary>How it went where rows were held out, in one line.</summary>
    public override string ToString() => $"Trained in {Seconds:F1} s. Kept epoch {Kept} of {Epochs.Count}: the one of the best {Epochs[0].MetricName} on a held-out tenth.";
}
