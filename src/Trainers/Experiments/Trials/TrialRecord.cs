using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlNetRnn.Experiments;

/// <summary>A finished trial as a line of a checkpoint.</summary>
internal sealed record TrialRecord(
    int Trial, int Seed, string Pipeline, IReadOnlyDictionary<string, object?> Parameter, double[] Point, TrialEnding Ending, double Metric, int Folds,
    double[] Curve, string? Error, DateTime StartedAtUtc, DateTime? EndedAtUtc, double DurationInMilliseconds, double PeakMemoryInMegaByte, double ElapsedSeconds)
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() }, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static TrialRecord Of(TrialResult result, double elapsedSeconds)
    {
        TrialSettings settings = result.TrialSettings;
        return new TrialRecord(
            settings.TrialId, settings.Seed, settings.PipelineName, settings.Parameter, [.. settings.Point], result.Ending, result.Metric, result.Folds, [.. result.Curve], result.Exception?.Message,
            settings.StartedAtUtc, settings.EndedAtUtc, result.DurationInMilliseconds, result.PeakMemoryInMegaByte, elapsedSeconds);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static TrialRecord FromJson(string line) => JsonSerializer.Deserialize<TrialRecord>(line, Json) ?? throw new JsonException("expected an object, got null");

    /// <param name="settings">The trial as the experiment proposes it again.</param>
    /// <param name="isMaximize">Whether higher is better.</param>
    public TrialResult ToResult(TrialSettings settings, bool isMaximize) => new()
    {
        TrialSettings = settings with { StartedAtUtc = StartedAtUtc, EndedAtUtc = EndedAtUtc },
        Ending = Ending,
        Metric = Metric,
        Folds = Folds,
        Loss = Ending == TrialEnding.Failed ? double.PositiveInfinity : isMaximize ? -Metric : Metric,
        Curve = Curve,
        Exception = Error is null ? null : new InvalidOperationException(Error),
        DurationInMilliseconds = DurationInMilliseconds,
        PeakMemoryInMegaByte = PeakMemoryInMegaByte,
    };
}
