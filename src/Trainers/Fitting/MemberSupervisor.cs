using Microsoft.ML;
using MlNetRnn.Options;

namespace MlNetRnn.Fitting;

/// <summary>Chooses the training options of a member of an ensemble.</summary>
/// <param name="outer">The supervisor of the whole ensemble, such as a trial of an experiment, which runs one member after another; null for none.</param>
/// <param name="options">The options of the ensemble.</param>
/// <param name="count">The number of members.</param>
/// <param name="member">The index of the member.</param>
/// <param name="seed">The seed of the division into folds, and of members whose trainer has none.</param>
/// <param name="offset">The number that is added to the seed.</param>
/// <param name="parallel">The number of members that are trained at the same time.</param>
/// <param name="gate">Is locked while a progress report is received: members report from several threads.</param>
/// <param name="failure">Is canceled if another member failed.</param>
internal sealed class MemberSupervisor(
    ITrainingSupervisor? outer, RnnEnsembleOptions options, int count, int member, int seed, int offset, int parallel, object gate, CancellationToken failure)
    : ITrainingSupervisor
{
    private CancellationTokenSource? _either;

    public RnnTrainingOptions Begin(RnnTrainingOptions own, IDataView input, string[] columns)
    {
        RnnTrainingOptions chosen = outer?.Begin(own, input, columns) ?? own;
        if (options.Variation == RnnEnsembleVariation.Folds && chosen.ValidationSet is not null)
        {
            throw new ArgumentException(
                $"Ensemble, {nameof(options.Variation)}: expected Seeds when the trainers have a {nameof(chosen.ValidationSet)}, which an experiment sets, "
                + "got Folds: folds hold out rows of the training data. Use Seeds, or no validation set.");
        }
        _either = CancellationTokenSource.CreateLinkedTokenSource(chosen.CancellationToken, failure);
        return chosen with
        {
            Seed = unchecked((chosen.Seed ?? seed) + offset),
            Threads = chosen.Threads != 0 ? chosen.Threads : Math.Max(1, Environment.ProcessorCount / parallel),
            Fold = options.Variation == RnnEnsembleVariation.Folds ? new TrainingFold(member, count, chosen.Seed ?? seed) : null,
            CancellationToken = _either.Token,
            Progress = chosen.Progress is { } progress ? new LockedProgress(progress, gate) : null,
        };
    }

    public void End()
    {
        _either?.Dispose();
        outer?.End();
    }

    private sealed class LockedProgress(IProgress<RnnTrainingProgress> progress, object gate) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value)
        {
            lock (gate) progress.Report(value);
        }
    }
}
