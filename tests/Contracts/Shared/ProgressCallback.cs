namespace MlNetRnn.Contracts;

/// <summary>Calls back on the thread of the training. <see cref="Progress{T}"/> posts to another thread.</summary>
internal sealed class ProgressCallback(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
{
    public void Report(RnnTrainingProgress value) => report(value);
}
