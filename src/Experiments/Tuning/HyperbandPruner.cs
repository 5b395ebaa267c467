namespace MlNetRnn.Experiments;

/// <summary>
/// A Hyperband pruner (Li et al., 2018). It assigns trials to brackets of successive halving; the first bracket compares trials after few epochs and the last
/// one not at all, because it is not known beforehand how early a curve is informative.
/// </summary>
/// <param name="maximumEpochs">The number of epochs of a complete training: 1 or more.</param>
/// <param name="reductionFactor">η: 2 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
public sealed class HyperbandPruner(int maximumEpochs = 30, int reductionFactor = 3) : IPruner
{
    private readonly int _maximumEpochs = maximumEpochs >= 1
        ? maximumEpochs
        : throw new ArgumentOutOfRangeException(nameof(maximumEpochs), maximumEpochs, "expected 1 or more");
    private readonly int _reductionFactor = reductionFactor >= 2
        ? reductionFactor
        : throw new ArgumentOutOfRangeException(nameof(reductionFactor), reductionFactor, "expected 2 or more");

    /// <inheritdoc/>
    public bool ShouldPrune(TrialResult running, IReadOnlyList<TrialResult> others)
    {
        ArgumentNullException.ThrowIfNull(running);
        ArgumentNullException.ThrowIfNull(others);
        int bracket = BracketOf(running.TrialSettings.TrialId);
        int minimumEpochs = (int)Math.Pow(_reductionFactor, bracket);
        TrialResult[] comparable = [.. others.Where(other => BracketOf(other.TrialSettings.TrialId) == bracket)];
        return SuccessiveHalvingPruner.Halves(running, comparable, minimumEpochs, _reductionFactor);
    }

    private int BracketOf(int trial)
    {
        int brackets = 1;
        for (long epochs = _reductionFactor; epochs <= _maximumEpochs; epochs *= _reductionFactor) brackets++;
        return trial % brackets;
    }
}
