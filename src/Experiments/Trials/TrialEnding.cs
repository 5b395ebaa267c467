namespace MlNetRnn.Experiments;

/// <summary>The ways in which a trial ends.</summary>
public enum TrialEnding
{
    /// <summary>The trial ran to its end.</summary>
    Completed,

    /// <summary>The pruner stopped the trial as unpromising; the metric is that of its best epoch.</summary>
    Pruned,

    /// <summary>The experiment ended, because of its time or a cancellation; the metric is that of the best epoch.</summary>
    Stopped,

    /// <summary>The trial threw an exception, or used too much memory: <see cref="TrialResult.Exception"/>.</summary>
    Failed,
}
