namespace MlNetRnn.Samples;

/// <summary>Keeps the reports at the ends of epochs, for pictures and speed, and passes every report on to the screen.</summary>
public sealed class EndsOfEpochs(IProgress<RnnTrainingProgress>? screen = null) : List<RnnTrainingProgress>, IProgress<RnnTrainingProgress>
{
    public void Report(RnnTrainingProgress value)
    {
        if (value.IsEndOfEpoch) Add(value);
        screen?.Report(value);
    }
}
