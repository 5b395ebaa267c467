using MlNetRnn.Experiments;

namespace MlNetRnn.Samples.Experiment;

/// <summary>How far a search goes, and what it writes on the way.</summary>
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

    /// <summary>In words: "at most 60 s and 20 trials".</summary>
    public override string ToString() =>
        "at most " + string.Join(" and ", new[] { Seconds is { } seconds ? $"{seconds} s" : null, Trials is { } trials ? $"{trials} trial{(trials == 1 ? "" : "s")}" : null }.OfType<string>())
        + (Parallel > 1 ? $", {Parallel} trials at once" : "");
}
