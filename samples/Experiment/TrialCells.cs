using System.Globalization;
using MlNetRnn.Experiments;

namespace MlNetRnn.Samples.Experiment;

/// <summary>A trial as the cells of a table.</summary>
internal static class TrialCells
{
    public static readonly string[] Headers = ["trial", "pipeline", "metric", "ending", "epochs", "seconds", "options that differ"];

    public static string[] Of(TrialResult result, IReadOnlyDictionary<string, object?> start) =>
    [
        Number(result.TrialSettings),
        result.TrialSettings.PipelineName,
        result.Ending == TrialEnding.Failed ? "" : Metric(result.Metric),
        result.Ending.ToString().ToLowerInvariant(),
        result.Curve.Count > 0 ? $"{result.Curve.Count}" : "",
        Seconds(result.DurationInMilliseconds / 1000),
        result.Ending == TrialEnding.Failed && result.Exception is { } fault ? fault.Message.ReplaceLineEndings(" ") : Options(result.TrialSettings, start),
    ];

    public static string[] OfRunning(TrialSettings settings, RnnTrainingProgress? progress, double seconds, IReadOnlyDictionary<string, object?> start) =>
    [
        Number(settings),
        settings.PipelineName,
        progress?.ValidationMetric is { } metric ? Metric(metric) : "",
        "running",
        progress is null ? "" : $"{progress.Epoch}/{progress.MaxEpochs}",
        Seconds(seconds),
        Options(settings, start),
    ];

    private static string Options(TrialSettings settings, IReadOnlyDictionary<string, object?> start) =>
        settings.Parameter.Count == 0 ? "none" : Differences(settings.Parameter, start) is { Length: > 0 } differences ? differences : "as in the first trial";

    /// <summary>
    /// Returns the options that differ from the first trial of the pipeline: "Cell Gru, HiddenSize 64". A list of all options would hide them.
    /// </summary>
    public static string Differences(IReadOnlyDictionary<string, object?> values, IReadOnlyDictionary<string, object?> start) => string.Join(", ", values
        .Where(pair => !start.TryGetValue(pair.Key, out object? first) || !Equals(first, pair.Value))
        .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key[(pair.Key.LastIndexOf('.') + 1)..]} {pair.Value}")));

    private static string Number(TrialSettings settings) => settings.TrialId.ToString(CultureInfo.InvariantCulture);

    private static string Metric(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
