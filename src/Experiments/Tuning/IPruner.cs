namespace MlNetRnn.Experiments;

/// <summary>Ends trials early whose validation curve is hopeless. Called by several threads where trials run at once; must not keep state.</summary>
public interface IPruner
{
    /// <summary>Whether a trial should end after the epoch it has just finished.</summary>
    /// <param name="running">The trial so far: its settings, its curve (higher is better), what an epoch takes. It has neither metric nor model yet.</param>
    /// <param name="others">The trials before it that had ended when it began, in order, of the same pipeline and with a curve.</param>
    bool ShouldPrune(TrialResult running, IReadOnlyList<TrialResult> others);
}
