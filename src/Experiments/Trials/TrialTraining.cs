using Microsoft.ML;
using MlNetRnn.Fitting;

namespace MlNetRnn.Experiments;

/// <summary>Follows the trainings inside the pipeline of a trial: seeds them, gives them the validation rows, ends them, tells of their epochs.</summary>
/// <param name="plan">The experiment.</param>
/// <param name="settings">What is tried.</param>
/// <param name="rows">What the pipeline is fitted to.</param>
/// <param name="cancel">Ends them with their best epoch.</param>
/// <param name="log">The experiment's log.</param>
/// <param name="report">Is told of the end of every epoch.</param>
/// <param name="curve">Is told of the ends of the epochs of the first training alone; null for nobody.</param>
internal sealed class TrialTraining(
    ExperimentPlan plan, TrialSettings settings, SwitchedRows rows, CancellationToken cancel, ExperimentLog log, Action<RnnTrainingProgress> report, Action<RnnTrainingProgress>? curve)
    : FollowedTraining
{
    private int _begun;
    private int _atWork;

    /// <summary>Whether a trainer of ours is learning now.</summary>
    public bool IsAtWork => Volatile.Read(ref _atWork) > 0;

    public override RnnTrainingOptions Begin(RnnTrainingOptions own, IDataView input, string[] columns)
    {
        Interlocked.Increment(ref _atWork);
        bool isFirst = Interlocked.Increment(ref _begun) == 1;
        IDataView? validation = own.ValidationSet ?? rows.Validation(input, columns);
        if (validation is null) log.Warn($"Trial {settings.TrialId}: the validation rows cannot come to the trainer through the pipeline (is there a cache in it?); it holds a share of the training rows out to choose its epoch by.");
        return own with
        {
            Seed = own.Seed ?? settings.Seed,
            Threads = own.Threads > 0 || plan.Parallel == 1 ? own.Threads : Math.Max(1, Environment.ProcessorCount / plan.Parallel),
            ValidationSet = validation,
            CheckpointFolder = null,            // one folder cannot be that of many trainings
            OnCancel = RnnOnCancel.KeepBest,
            CancellationToken = own.CancellationToken == default ? cancel : CancellationTokenSource.CreateLinkedTokenSource(own.CancellationToken, cancel).Token,
            Progress = new Relay(progress =>
            {
                own.Progress?.Report(progress);
                if (!progress.IsEndOfEpoch) return;
                report(progress);
                if (isFirst) curve?.Invoke(progress);
            }),
        };
    }

    public override void End() => Interlocked.Decrement(ref _atWork);

    private sealed class Relay(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }
}
