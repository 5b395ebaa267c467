namespace MlNetRnn.Experiments;

/// <summary>How a trial ended.</summary>
public enum TrialEnding
{
    /// <summary>It ran to its end.</summary>
    Completed,

    /// <summary>The pruner saw no more hope; the metric is that of its best epoch.</summary>
    Pruned,

    /// <summary>The experiment was over, by time or by its user; the metric is that of its best epoch.</summary>
    Stopped,

    /// <summary>It threw an exception, or used too much memory: <see cref="TrialResult.Exception"/>.</summary>
    Failed,
}
