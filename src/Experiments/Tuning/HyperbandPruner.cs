namespace MlNetRnn.Experiments;

/// <summary>
/// Hyperband (Li et al., 2018) over successive halving: trials are dealt out to brackets, of which the first compares after few epochs and the last not at
/// all, because nobody knows beforehand how early a curve tells.
/// </summary>
/// <param name="maximumEpochs">The epochs of a full training: 1 or more.</param>
/// <param name="reductionFactor">η: 2 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its limits.</exception>
public sealed class HyperbandPruner(int maximumEpochs = 30, int reductionFactor = 3) : IPruner
{
    private readonly int _maximumEpochs = maximumEpochs >= 1 ? maximumEpochs : throw new ArgumentOutOfRangeException(nameof(maximumEpochs), maximumEpochs, "expected 1 or more");
    private readonly int _reductionFactor = reductionFactor >= 2 ? reductionFactor : throw new ArgumentOutOfRangeException(nameof(reductionFactor), reductionFactor, "expected 2 or more");

    /// <inheritdoc/>
    public bool ShouldPrune(TrialResult running, IReadOnlyList<TrialResult> others)
    {
        ArgumentNullException.ThrowIfNull(running);
        ArgumentNullException.ThrowIfNull(others);
        int bracket = BracketOf(running.TrialSettings.TrialId);
        int minimumEpochs = (int)Math.Pow(_reductionFactor, bracket);
        return SuccessiveHalvingPruner.Halves(running, [.. others.Where(other => BracketOf(other.TrialSettings.TrialId) == bracket)], minimumEpochs, _reductionFactor);
    }

    private int BracketOf(int trial)
    {
        int brackets = 1;
        for (long epochs = _reductionFactor; epochs <= _maximumEpochs; epochs *= _reductionFactor) brackets++;
        return trial % brackets;
    }
}
