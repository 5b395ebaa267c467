using MlNetRnn.Experiments;

namespace MlNetRnn.Samples.Experiment;

/// <summary>The limits of a search, and the files that it writes.</summary>
internal sealed record SearchLimits
{
    public int? Seconds { get; init; }

    public int? Trials { get; init; }

    public required int Parallel { get; init; }

    public int Seed { get; init; }

    public string? Checkpoint { get; init; }

    public FileInfo? Report { get; init; }

    public void SetOn<TOptions>(Experiment<TOptions> experiment)
        where TOptions : class, new()
    {
        experiment.SetSeed(Seed).SetParallelTrials(Parallel);
        if (Seconds is { } seconds) experiment.SetTrainingTimeInSeconds((uint)seconds);
        if (Trials is { } trials) experiment.SetMaxModelToExplore(trials);
        if (Checkpoint is not null) experiment.SetCheckpoint(Checkpoint);
        if (Report is not null) experiment.SetReport(Report.FullName);
    }

    /// <summary>Returns the limits as text: "at most 60 s and 20 trials".</summary>
    public override string ToString() =>
        "at most " + string.Join(" and ", Each().OfType<string>())
        + (Parallel > 1 ? $", {Parallel} trials at once" : "");

    private IEnumerable<string?> Each() => [Seconds is { } seconds ? $"{seconds} s" : null, Trials is { } trials ? OneLine.Count(trials, "trials") : null];
}
