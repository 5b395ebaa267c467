namespace MlNetRnn.Experiments;

/// <summary>
/// Receives the progress of an experiment. Called by one thread at a time. Exceptions that it throws are logged and do not affect the experiment.
/// </summary>
public interface IMonitor
{
    /// <summary>Reports that a trial starts.</summary>
    /// <param name="settings">The trial.</param>
    void ReportRunningTrial(TrialSettings settings);

    /// <summary>Reports the end of an epoch of a trial. The trainers of ML.NET itself report no epochs.</summary>
    /// <param name="settings">The trial.</param>
    /// <param name="progress">The progress of its training.</param>
    void ReportEpoch(TrialSettings settings, RnnTrainingProgress progress)
    {
    }

    /// <summary>Reports that a trial ended with a model (completed, pruned or stopped), or was read from a checkpoint.</summary>
    /// <param name="result">The result.</param>
    void ReportCompletedTrial(TrialResult result);

    /// <summary>Reports that a trial is the best so far. Its model is released as soon as a better trial ends: use it only during the call.</summary>
    /// <param name="result">The result.</param>
    void ReportBestTrial(TrialResult result);

    /// <summary>Reports that a trial failed; the experiment continues.</summary>
    /// <param name="settings">The trial.</param>
    /// <param name="exception">The cause.</param>
    void ReportFailTrial(TrialSettings settings, Exception? exception = null);
}
