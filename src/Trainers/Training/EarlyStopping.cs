using MlNetRnn.Modules;

namespace MlNetRnn.Training;

/// <summary>Keeps the weights of the best epoch and says when there is no more hope of a better one (Prechelt, 1998).</summary>
internal sealed class EarlyStopping(IReadOnlyList<Parameter> parameters, int patience)
{
    private ValidationResult? _best;
    private float[][]? _bestWeights;
    private int _epochsSince;

    /// <summary>The best epoch so far; 0 where there was no validation.</summary>
    public int BestEpoch { get; private set; }

    public bool IsOver => _epochsSince >= patience;

    /// <returns>Whether this epoch is the best so far.</returns>
    public bool Report(int epoch, ValidationResult? result)
    {
        if (result is null) return false;
        if (!result.IsBetterThan(_best))
        {
            _epochsSince++;
            return false;
        }
        (_best, BestEpoch, _epochsSince) = (result, epoch, 0);
        _bestWeights = [.. parameters.Select(parameter => parameter.ToArray())];
        return true;
    }

    /// <summary>Puts the weights of the best epoch back.</summary>
    public void RestoreBest()
    {
        for (int p = 0; _bestWeights is not null && p < parameters.Count; p++) parameters[p].Restore(_bestWeights[p]);
    }
}
