using MlNetRnn.Experiments;

namespace MlNetRnn.Samples.Experiment;

/// <summary>The limits of a search, as text.</summary>
internal static class SearchLimits
{
    /// <summary>Returns the limits: "at most 60 s and 20 trials".</summary>
    public static string Of(ExperimentSettings settings) =>
        "at most " + string.Join(" and ", Each(settings).OfType<string>())
        + (settings.ParallelTrials > 1 ? $", {settings.ParallelTrials} trials at once" : "");

    private static IEnumerable<string?> Each(ExperimentSettings settings) =>
    [
        settings.MaxExperimentTimeInSeconds is { } seconds ? $"{seconds} s" : null,
        settings.MaxModels is { } trials ? OneLine.Count(trials, "trials") : null,
    ];
}
