using System.Diagnostics;
using MlNetRnn.Experiments;

namespace MlNetRnn.Samples.Experiment;

/// <summary>The progress of trials if the output is not a terminal: a line for each completed trial, and at intervals a line for a running one.</summary>
internal sealed class LineMonitor : IMonitor
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly TableMonitor _table = new();
    private readonly Stopwatch _silence = Stopwatch.StartNew();

    public void ReportRunningTrial(TrialSettings settings) => _table.ReportRunningTrial(settings);

    public void ReportEpoch(TrialSettings settings, RnnTrainingProgress progress)
    {
        if (_silence.Elapsed < Pause) return;
        string metric = progress.ValidationMetric is { } value ? $", {progress.MetricName} {TrainingRun.Number(value, "F4")}" : "";
        Console.WriteLine($"trial {settings.TrialId} is running: epoch {progress.Epoch}/{progress.MaxEpochs}{metric}");
        _silence.Restart();
    }

    public void ReportCompletedTrial(TrialResult result)
    {
        _table.ReportCompletedTrial(result);
        _silence.Restart();
    }

    public void ReportBestTrial(TrialResult result) => _table.ReportBestTrial(result);

    public void ReportFailTrial(TrialSettings settings, Exception? exception = null)
    {
        _table.ReportFailTrial(settings, exception);
        _silence.Restart();
    }
}
