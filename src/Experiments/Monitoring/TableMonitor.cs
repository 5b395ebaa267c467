using System.Globalization;

namespace MlNetRnn.Experiments;

/// <summary>Writes a line for every trial when it ends: metric, epochs, time, and options. An asterisk marks the best trial so far.</summary>
/// <param name="writer">The destination; <see langword="null"/> for standard output.</param>
public sealed class TableMonitor(TextWriter? writer = null) : IMonitor
{
    private readonly TextWriter _writer = writer ?? Console.Out;
    private bool _hasHeader;
    private TrialResult? _best;

    /// <inheritdoc/>
    public void ReportRunningTrial(TrialSettings settings)
    {
    }

    /// <inheritdoc/>
    public void ReportCompletedTrial(TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        bool isBest = result.IsBetterThan(_best);
        if (isBest) _best = result with { Model = null };
        string metric = result.Metric.ToString("F4", CultureInfo.InvariantCulture);
        Write(result.TrialSettings, isBest ? "*" : "", metric, result.Ending.ToString(), result.Curve.Count, result.DurationInMilliseconds);
    }

    /// <inheritdoc/>
    public void ReportBestTrial(TrialResult result)
    {
    }

    /// <inheritdoc/>
    public void ReportFailTrial(TrialSettings settings, Exception? exception = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Write(settings, "", "", "Failed", 0, 0);
        _writer.WriteLine($"      {exception?.Message.ReplaceLineEndings(" ")}");
    }

    private void Write(TrialSettings settings, string star, string metric, string ending, int epochs, double milliseconds)
    {
        if (!_hasHeader) _writer.WriteLine("trial    metric  ending     epochs  seconds  options");
        _hasHeader = true;
        _writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{settings.TrialId,5}{star,2}{metric,8}  {ending,-9}{epochs,8}{milliseconds / 1000,9:F1}  {settings}"));
    }
}
