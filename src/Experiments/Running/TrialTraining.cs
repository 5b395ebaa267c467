using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;

namespace MlNetRnn.Experiments;

/// <summary>Supervises the trainings inside the pipeline of a trial: sets seed, threads and validation rows, cancels them, and reports their epochs.</summary>
/// <param name="plan">The experiment.</param>
/// <param name="settings">The settings of the trial.</param>
/// <param name="rows">The rows that the pipeline is fitted to.</param>
/// <param name="cancel">Ends the trainings, which keep their best epoch.</param>
/// <param name="log">The experiment's log.</param>
/// <param name="report">Receives the progress at the end of each epoch.</param>
/// <param name="curve">Receives the same for the first training only; null for none.</param>
internal sealed class TrialTraining(
    ExperimentPlan plan,
    TrialSettings settings,
    SwitchedRows rows,
    CancellationToken cancel,
    ExperimentLog log,
    Action<RnnTrainingProgress> report,
    Action<RnnTrainingProgress>? curve)
    : ITrainingSupervisor
{
    private int _begun;
    private int _atWork;

    /// <summary>Whether a trainer of MlNetRnn is running.</summary>
    public bool IsAtWork => Volatile.Read(ref _atWork) > 0;

    public RnnTrainingOptions Begin(RnnTrainingOptions own, IDataView input, string[] columns)
    {
        Interlocked.Increment(ref _atWork);
        bool isFirst = Interlocked.Increment(ref _begun) == 1;
        IDataView? validation = own.ValidationSet ?? rows.Validation(input, columns);
        if (validation is null)
        {
            log.Write(
                ChannelMessageKind.Warning,
                FormattableString.Invariant($"Trial {settings.TrialId}: the validation rows cannot reach the trainer through the pipeline ")
                + "(does it contain a cache?); the trainer holds out training rows to choose its epoch.");
        }
        int parallel = plan.Settings.ParallelTrials;
        return own with
        {
            Seed = own.Seed ?? settings.Seed,
            Threads = own.Threads > 0 || parallel == 1 ? own.Threads : Math.Max(1, Environment.ProcessorCount / parallel),
            ValidationSet = validation,
            CheckpointFolder = null,            // one folder cannot be used by several trainings
            OnCancel = RnnOnCancel.KeepBest,
            CancellationToken = own.CancellationToken == default
                ? cancel
                : CancellationTokenSource.CreateLinkedTokenSource(own.CancellationToken, cancel).Token,
            Progress = new Relay(progress =>
            {
                own.Progress?.Report(progress);
                if (!progress.IsEndOfEpoch) return;
                report(progress);
                if (isFirst) curve?.Invoke(progress);
            }),
        };
    }

    public void End() => Interlocked.Decrement(ref _atWork);

    private sealed class Relay(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }
}
