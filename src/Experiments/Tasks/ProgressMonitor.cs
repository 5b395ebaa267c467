namespace MlNetRnn.Experiments;

/// <summary>Reports the ends of trials, and passes everything on to another monitor.</summary>
/// <param name="inner">The other monitor; null for none.</param>
/// <param name="report">Receives every trial when it ends.</param>
internal sealed class ProgressMonitor(IMonitor? inner, Action<TrialResult> report) : IMonitor
{
    public void ReportRunningTrial(TrialSettings settings) => inner?.ReportRunningTrial(settings);

    public void ReportEpoch(TrialSettings settings, RnnTrainingProgress progress) => inner?.ReportEpoch(settings, progress);

    public void ReportCompletedTrial(TrialResult result)
    {
        report(result);
        inner?.ReportCompletedTrial(result);
    }

    public void ReportBestTrial(TrialResult result) => inner?.ReportBestTrial(result);

    public void ReportFailTrial(TrialSettings settings, Exception? exception = null)
    {
        report(new TrialResult { TrialSettings = settings, Ending = TrialEnding.Failed, Exception = exception });
        inner?.ReportFailTrial(settings, exception);
    }
}
