using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>Everything that a run of an experiment needs to know.</summary>
internal sealed record ExperimentPlan
{
    private IReadOnlyList<SearchDimension>? _dimensions;
    private IReadOnlyList<ExperimentPipeline>? _searched;

    public required MLContext Context { get; init; }

    public required IReadOnlyList<ExperimentPipeline> Pipelines { get; init; }

    /// <summary>Training and validation rows: one pair, or one for each fold.</summary>
    public required IReadOnlyList<(IDataView Train, IDataView Validation)> Folds { get; init; }

    public required ExperimentMetric Metric { get; init; }

    public required ITuner Tuner { get; init; }

    public required IPruner? Pruner { get; init; }

    public required IReadOnlyList<IMonitor> Monitors { get; init; }

    public required TimeSpan? Time { get; init; }

    public required int MaxModels { get; init; }

    public required int Parallel { get; init; }

    public required int Seed { get; init; }

    public required double MaximumMemoryInMegaByte { get; init; }

    public required string? CheckpointFolder { get; init; }

    public required string? ReportFile { get; init; }

    /// <summary>The pipelines that have something to choose; the others are tried once.</summary>
    public IReadOnlyList<ExperimentPipeline> Searched => _searched ??= [.. Pipelines.Where(pipeline => pipeline.Space.Dimensions.Count > 0)];

    /// <summary>Which of the searched pipelines, where there are several, and the options of all.</summary>
    public IReadOnlyList<SearchDimension> Dimensions => _dimensions ??=
    [
        .. Searched.Count > 1 ? [SearchDimension.Choice("Pipeline", [.. Searched.Select(pipeline => pipeline.Name)])] : Array.Empty<SearchDimension>(),
        .. Searched.SelectMany(pipeline => pipeline.Space.Dimensions.Select(dimension => dimension.Of(pipeline.Name))),
    ];

    /// <summary>
    /// A trial knows of those that are so many before it, whether or not later ones have ended: so the same seed gives the same table, however the
    /// trials that run at once overtake each other, and none of them has to wait for the slowest.
    /// </summary>
    public int Lag => 2 * Parallel - 1;

    /// <summary>The starts of all pipelines as a point; where there is a choice of pipeline, of this one or, if it is not searched, of the first.</summary>
    public IReadOnlyList<double> StartOf(ExperimentPipeline pipeline) =>
    [
        .. Searched.Count > 1 ? [Dimensions[0].PositionOf((Searched.Contains(pipeline) ? pipeline : Searched[0]).Name)] : Array.Empty<double>(),
        .. Searched.SelectMany(each => each.Space.Start),
    ];

    /// <summary>What a point chooses: the pipeline, and its options.</summary>
    public (ExperimentPipeline Pipeline, object Options) At(IReadOnlyList<double> point)
    {
        ExperimentPipeline pipeline = Searched.Count == 1 ? Searched[0] : Searched.First(each => each.Name == (string)Dimensions[0].ValueAt(point[0]));
        return (pipeline, pipeline.Space.Create([.. point.Where((_, i) => Dimensions[i].Pipeline == pipeline.Name)]));
    }
}
