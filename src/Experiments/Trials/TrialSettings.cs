using System.Globalization;
using MlNetRnn.RandomNumbers;

namespace MlNetRnn.Experiments;

/// <summary>The settings of one trial of an experiment.</summary>
public sealed record TrialSettings
{
    /// <summary>The number of the trial, from 0.</summary>
    public required int TrialId { get; init; }

    /// <summary>
    /// The seed of the trial's MLContext, of its trainer, and of the tuner's proposal; derived from the seed of the experiment and <see cref="TrialId"/>.
    /// </summary>
    public required int Seed { get; init; }

    /// <summary>The options that are searched: the choice of the pipeline if several have options, then the options of all pipelines.</summary>
    public required IReadOnlyList<SearchDimension> Dimensions { get; init; }

    /// <summary>The start of the search, as a point: the first pipeline, and the start of every pipeline.</summary>
    public IReadOnlyList<double> Start { get; init; } = [];

    /// <summary>The proposed point: a number from 0 to 1 for each of <see cref="Dimensions"/>. The numbers of other pipelines have no meaning.</summary>
    public IReadOnlyList<double> Point { get; init; } = [];

    /// <summary>The name of the pipeline.</summary>
    public string PipelineName { get; init; } = "";

    /// <summary>The options with which the pipeline is created.</summary>
    public object Options { get; init; } = new();

    /// <summary>The searched values of <see cref="Options"/>, by name.</summary>
    public IReadOnlyDictionary<string, object?> Parameter { get; init; } = new Dictionary<string, object?>();

    /// <summary>The time at which the trial started.</summary>
    public DateTime StartedAtUtc { get; init; }

    /// <summary>The time at which the trial ended; <see langword="null"/> while it runs.</summary>
    public DateTime? EndedAtUtc { get; init; }

    /// <summary>Whether the experiment has several pipelines.</summary>
    internal bool IsOneOfSeveral { get; init; }

    /// <summary>The searched options: "Cell Gru, HiddenSize 64".</summary>
    internal string Tried => string.Join(
        ", ", Parameter.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key[(pair.Key.LastIndexOf('.') + 1)..]} {pair.Value ?? "null"}")));

    /// <summary>Returns the searched options, "Cell Gru, HiddenSize 64", preceded by the name of the pipeline if there are several.</summary>
    public override string ToString() =>
        !IsOneOfSeveral ? Tried : Parameter.Count == 0 ? PipelineName : $"{PipelineName}: {Tried}";

    /// <summary>Returns the seed of a trial, which is unrelated to those of its neighbors.</summary>
    internal static int SeedOf(int experiment, int trial) =>
        (int)(SplitMix64.Mix(((ulong)(uint)experiment << 32) + (uint)trial + SplitMix64.Increment) & int.MaxValue);
}
