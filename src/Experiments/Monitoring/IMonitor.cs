namespace MlNetRnn.Experiments;

/// <summary>Is told how an experiment goes. Called by one thread at a time; what it throws is logged and does not disturb the experiment.</summary>
public interface IMonitor
{
    /// <summary>A trial begins.</summary>
    /// <param name="settings">What is tried.</param>
    void ReportRunningTrial(TrialSettings settings);

    /// <summary>An epoch of a trial has ended. Trainers of ML.NET itself report none.</summary>
    /// <param name="settings">What is tried.</param>
    /// <param name="progress">How its training stands.</param>
    void ReportEpoch(TrialSettings settings, RnnTrainingProgress progress)
    {
    }

    /// <summary>A trial has ended with a model: by itself, pruned, or stopped; or it was found in a checkpoint.</summary>
    /// <param name="result">What came of it.</param>
    void ReportCompletedTrial(TrialResult result);

    /// <summary>A trial is the best so far. Its model is released as soon as something better comes: use it during the call alone.</summary>
    /// <param name="result">What came of it.</param>
    void ReportBestTrial(TrialResult result);

    /// <summary>A trial has failed; the experiment goes on.</summary>
    /// <param name="settings">What was tried.</param>
    /// <param name="exception">Why it failed.</param>
    void ReportFailTrial(TrialSettings settings, Exception? exception = null);
}
