using MlNetRnn.Modules;

namespace MlNetRnn.Training;

/// <summary>Keeps the weights of the best epoch and ends a training that no longer improves (Prechelt, 1998).</summary>
/// <param name="parameters">The trainable parameters.</param>
/// <param name="patience">The number of epochs without a better metric or a lower loss that ends the training.</param>
internal sealed class EarlyStopping(IReadOnlyList<Parameter> parameters, int patience)
{
    /// <summary>
    /// The number of optimizer steps before which no epoch counts against the patience: a small data set has few steps per epoch, and an untrained network
    /// can predict the same class for every row for several epochs.
    /// </summary>
    public const int MinimumSteps = 300;

    private float[][]? _bestWeights;
    private double _lowestLoss = double.PositiveInfinity;
    private int _epochsSince;

    /// <summary>The result of the best epoch so far; null without validation rows.</summary>
    public ValidationResult? Best { get; private set; }

    /// <summary>The best epoch so far, from 1; 0 without validation rows.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Whether the patience is used up.</summary>
    public bool IsOver => _epochsSince >= patience;

    /// <summary>Whether the last epoch had a better metric or a lower loss; true without validation rows.</summary>
    public bool IsProgress { get; private set; } = true;

    /// <summary>Records the result of an epoch.</summary>
    /// <param name="epoch">The epoch that has ended.</param>
    /// <param name="result">Its validation result.</param>
    /// <param name="steps">The number of optimizer steps so far.</param>
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

    /// <summary>Restores the state from a checkpoint.</summary>
    public void Restore(StoppingState state)
    {
        (Best, BestEpoch, _bestWeights) = (state.Best, state.BestEpoch, state.BestWeights);
        (_lowestLoss, _epochsSince, IsProgress) = (state.LowestLoss, state.EpochsSince, state.IsProgress);
    }

    /// <summary>Restores the weights of the best epoch.</summary>
    public void RestoreBest()
    {
        for (int p = 0; _bestWeights is not null && p < parameters.Count; p++) parameters[p].Restore(_bestWeights[p]);
    }
}

/// <summary>The state of <see cref="EarlyStopping"/>.</summary>
internal sealed record StoppingState(ValidationResult? Best, int BestEpoch, double LowestLoss, int EpochsSince, bool IsProgress, float[][]? BestWeights);
