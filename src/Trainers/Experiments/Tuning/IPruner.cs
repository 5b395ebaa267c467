namespace MlNetRnn.Experiments;

/// <summary>Ends trials early whose validation curve is hopeless. Called by several threads where trials run at once; must not keep state.</summary>
public interface IPruner
{
    /// <summary>Whether a trial should end after the epoch it has just finished.</summary>
    /// <param name="settings">The trial.</param>
    /// <param name="curve">Its validation metric after each epoch so far; higher is better.</param>
    /// <param name="others">The trials before it that had ended when it began, of the same pipeline and with a curve.</param>
    bool ShouldPrune(TrialSettings settings, IReadOnlyList<double> curve, IReadOnlyList<TrialResult> others);
}
