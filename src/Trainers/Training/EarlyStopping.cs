using MlNetRnn.Modules;


namespace MlNetRnn.Training;

/// <summary>Keeps the weights of the best epoch and says when there is no more hope of a better one (Prechelt, 1998).</summary>
/// <param name="parameters">The weights.</param>
/// <param name="patience">So many epochs without a better metric or a lower loss end the training.</param>
internal sealed class EarlyStopping(IReadOnlyList<Parameter> parameters, int patience)
{
    /// <summary>
    /// Before so many steps of the optimizer no epoch counts against the patience: a small set has few steps an epoch, and a network that has
    /// not begun to learn answers the same class for every row, epoch after epoch.
    /// </summary>
    public const int MinimumSteps = 300;

    private float[][]? _bestWeights;
    private double _lowestLoss = double.PositiveInfinity;
    private int _epochsSince;

    /// <summary>The result of the best epoch so far; null where there was no validation.</summary>
    public ValidationResult? Best { get; private set; }

    /// <summary>The best epoch so far; 0 where there was no validation.</summary>
    public int BestEpoch { get; private set; }

    public bool IsOver => _epochsSince >= patience;

    /// <summary>Whether the last epoch gave a better metric or a lower loss; true where there was no validation.</summary>
    public bool IsProgress { get; private set; } = true;

    /// <param name="epoch">The epoch that has ended.</param>
    /// <param name="result">Its validation result.</param>
    /// <param name="steps">The steps of the optimizer so far.</param>
    /// <returns>Whether this epoch is the best so far.</returns>
    public bool Report(int epoch, ValidationResult? result, long steps)
    {
        if (result is null) return false;
        bool isBest = result.IsBetterThan(Best), isProgress = isBest || result.Loss < _lowestLoss;
        _lowestLoss = Math.Min(_lowestLoss, result.Loss);
        if (isProgress || steps < MinimumSteps) _epochsSince = 0;
        else _epochsSince++;
        IsProgress = isProgress;
        if (!isBest) return false;
        (Best, BestEpoch) = (result, epoch);
        _bestWeights = [.. parameters.Select(parameter => parameter.ToArray())];
        return true;
    }

    /// <summary>The state for a checkpoint.</summary>
    public StoppingState State => new(Best, BestEpoch, _lowestLoss, _epochsSince, IsProgress, _bestWeights);

    /// <summary>Takes over the state that a checkpoint holds.</summary>
    public void Restore(StoppingState state) =>
        (Best, BestEpoch, _lowestLoss, _epochsSince, IsProgress, _bestWeights) = (state.Best, state.BestEpoch, state.LowestLoss, state.EpochsSince, state.IsProgress, state.BestWeights);

    /// <summary>Puts the weights of the best epoch back.</summary>
    public void RestoreBest()
    {
        for (int p = 0; _bestWeights is not null && p < parameters.Count; p++) parameters[p].Restore(_bestWeights[p]);
    }
}

/// <summary>What early stopping knows.</summary>
internal sealed record StoppingState(ValidationResult? Best, int BestEpoch, double LowestLoss, int EpochsSince, bool IsProgress, float[][]? BestWeights);
