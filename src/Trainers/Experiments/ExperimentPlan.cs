using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>Everything that a run of an experiment needs to know.</summary>
internal sealed record ExperimentPlan
{
    private IReadOnlyList<SearchDimension>? _dimensions;

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

    /// <summary>Which pipeline, where there are several, and the options of all.</summary>
    public IReadOnlyList<SearchDimension> Dimensions => _dimensions ??=
    [
        .. Pipelines.Count > 1 ? [SearchDimension.Choice("Pipeline", [.. Pipelines.Select(pipeline => pipeline.Name)])] : Array.Empty<SearchDimension>(),
        .. Pipelines.SelectMany(pipeline => pipeline.Space.Dimensions.Select(dimension => dimension.Of(pipeline.Name))),
    ];

    /// <summary>
    /// A trial knows of those that are so many before it, whether or not later ones have ended: so the same seed gives the same table, however the
    /// trials that run at once overtake each other, and none of them has to wait for the slowest.
    /// </summary>
    public int Lag => 2 * Parallel - 1;

    public ExperimentPipeline PipelineOf(IReadOnlyList<double> point) =>
        Pipelines.Count == 1 ? Pipelines[0] : Pipelines.First(pipeline => pipeline.Name == (string)Dimensions[0].ValueAt(point[0]));

    /// <summary>The part of a point that is a pipeline's own.</summary>
    public double[] OwnPoint(ExperimentPipeline pipeline, IReadOnlyList<double> point) => [.. point.Where((_, i) => Dimensions[i].Pipeline == pipeline.Name)];

    /// <summary>The starts of all pipelines, the first of which is chosen, as a point of the whole space.</summary>
    public IReadOnlyList<double> Start => StartOf(Pipelines[0]);

    /// <summary>The same with another pipeline chosen.</summary>
    public double[] StartOf(ExperimentPipeline pipeline) => [.. Pipelines.Count > 1 ? [Dimensions[0].PositionOf(pipeline.Name)] : Array.Empty<double>(), .. Pipelines.SelectMany(each => each.Space.Start)];
}
