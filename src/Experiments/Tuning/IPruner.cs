namespace MlNetRnn.Experiments;

/// <summary>Stops trials early whose validation curve is unpromising. Called from several threads if trials run at once; must not keep state.</summary>
public interface IPruner
{
    /// <summary>Returns whether a trial should end after the epoch that it has just finished.</summary>
    /// <param name="running">The trial so far: its settings, its curve (higher is better), the work of an epoch. It has neither metric nor model yet.</param>
    /// <param name="others">The earlier trials of the same pipeline that have a curve and had ended when this trial started, in order.</param>
    bool ShouldPrune(TrialResult running, IReadOnlyList<TrialResult> others);
}
