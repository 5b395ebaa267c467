using System.Globalization;

namespace MlNetRnn.Experiments;

/// <summary>What is tried in one trial of an experiment.</summary>
public sealed record TrialSettings
{
    /// <summary>The number of the trial, from 0.</summary>
    public required int TrialId { get; init; }

    /// <summary>The seed of the trial, derived from that of the experiment and <see cref="TrialId"/>: of the trial's MLContext, its trainer, and the tuner's choice.</summary>
    public required int Seed { get; init; }

    /// <summary>The options that are searched: those of all pipelines, and before them, where there are several with options, which of those it is.</summary>
    public required IReadOnlyList<SearchDimension> Dimensions { get; init; }

    /// <summary>Where the search begins: the start of every pipeline, and of those the first.</summary>
    public IReadOnlyList<double> Start { get; init; } = [];

    /// <summary>What is tried: a number from 0 to 1 for each of <see cref="Dimensions"/>; those of the other pipelines mean nothing.</summary>
    public IReadOnlyList<double> Point { get; init; } = [];

    /// <summary>The name of the pipeline.</summary>
    public string PipelineName { get; init; } = "";

    /// <summary>The options that the pipeline is made with.</summary>
    public object Options { get; init; } = new();

    /// <summary>The searched values of <see cref="Options"/>, by name.</summary>
    public IReadOnlyDictionary<string, object?> Parameter { get; init; } = new Dictionary<string, object?>();

    /// <summary>When the trial began.</summary>
    public DateTime StartedAtUtc { get; init; }

    /// <summary>When it ended; <see langword="null"/> while it runs.</summary>
    public DateTime? EndedAtUtc { get; init; }

    /// <summary>Whether the experiment has other pipelines, too.</summary>
    internal bool IsOneOfSeveral { get; init; }

    /// <summary>The searched options: "Cell Gru, HiddenSize 64".</summary>
    internal string Tried => string.Join(", ", Parameter.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key[(pair.Key.LastIndexOf('.') + 1)..]} {pair.Value ?? "null"}")));

    /// <summary>The searched options, "Cell Gru, HiddenSize 64"; before them, where there are several, the pipeline.</summary>
    public override string ToString() =>
        !IsOneOfSeveral ? Tried : Parameter.Count == 0 ? PipelineName : $"{PipelineName}: {Tried}";

    /// <summary>The seed of a trial (SplitMix64; Steele et al., 2014): neighbours have nothing in common.</summary>
    internal static int SeedOf(int experiment, int trial)
    {
        ulong z = ((ulong)(uint)experiment << 32) + (uint)trial + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) & int.MaxValue);
    }
}
