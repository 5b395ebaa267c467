using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MlNetRnn.Experiments;

/// <summary>A finished trial, as a line of a checkpoint.</summary>
internal sealed record TrialRecord(
    int Trial, int Seed, string Pipeline, IReadOnlyDictionary<string, object?> Parameter, double[] Point, TrialEnding Ending, double Metric, int Folds,
    double[] Curve, double WorkPerEpoch, string? Error, DateTime StartedAtUtc, DateTime? EndedAtUtc, double DurationInMilliseconds, double PeakMemoryInMegaByte,
    double ElapsedSeconds, double? TieLoss = null)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static TrialRecord Of(TrialResult result, double elapsedSeconds)
    {
        TrialSettings settings = result.TrialSettings;
        var parameter = settings.Parameter.ToDictionary(pair => pair.Key, pair => (object?)string.Create(CultureInfo.InvariantCulture, $"{pair.Value}"));
        return new TrialRecord(
            settings.TrialId, settings.Seed, settings.PipelineName, parameter, [.. settings.Point], result.Ending, result.Metric, result.Folds,
            [.. result.Curve], result.WorkPerEpoch, result.Exception?.Message,
            settings.StartedAtUtc, settings.EndedAtUtc, result.DurationInMilliseconds, result.PeakMemoryInMegaByte, elapsedSeconds, result.TieLoss);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static TrialRecord FromJson(string line) =>
        JsonSerializer.Deserialize<TrialRecord>(line, Json) ?? throw new JsonException("expected an object, got null");

    /// <summary>Returns whether the record is of a trial with these settings.</summary>
    public bool IsOf(TrialSettings settings) => Seed == settings.Seed && Pipeline == settings.PipelineName && Point.SequenceEqual(settings.Point);

    /// <summary>Restores the result from the record.</summary>
    /// <param name="plan">The experiment.</param>
    public TrialResult ToResult(ExperimentPlan plan)
    {
        // The first trials are the starts of the pipelines, which may have values that no point has.
        (ExperimentPipeline pipeline, object options) = Trial < plan.Pipelines.Count
            ? (plan.Pipelines[Trial], plan.Pipelines[Trial].Space.CreateStart())
            : plan.At(Point);
        return new TrialResult
        {
            TrialSettings = new TrialSettings
            {
                TrialId = Trial,
                Seed = Seed,
                Dimensions = plan.Dimensions,
                Start = plan.StartOf(plan.Pipelines[0]),
                IsOneOfSeveral = plan.Pipelines.Count > 1,
                Point = Point,
                PipelineName = pipeline.Name,
                Options = options,
                Parameter = pipeline.Space.Values(options),
                StartedAtUtc = StartedAtUtc,
                EndedAtUtc = EndedAtUtc,
            },
            Ending = Ending,
            Metric = Metric,
            Folds = Folds,
            TieLoss = TieLoss,
            Loss = Ending == TrialEnding.Failed ? double.PositiveInfinity : plan.Metric.IsMaximize ? -Metric : Metric,
            Curve = Curve,
            WorkPerEpoch = WorkPerEpoch,
            Exception = Error is null ? null : new InvalidOperationException(Error),
            DurationInMilliseconds = DurationInMilliseconds,
            PeakMemoryInMegaByte = PeakMemoryInMegaByte,
        };
    }
}
