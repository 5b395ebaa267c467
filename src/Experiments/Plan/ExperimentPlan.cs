using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>A complete description of a run of an experiment.</summary>
internal sealed record ExperimentPlan
{
    private IReadOnlyList<SearchDimension>? _dimensions;
    private IReadOnlyList<ExperimentPipeline>? _searched;

    public required MLContext Context { get; init; }

    public required IReadOnlyList<ExperimentPipeline> Pipelines { get; init; }

    public required ExperimentData Data { get; init; }

    public required ExperimentMetric Metric { get; init; }

    public required ExperimentSettings Settings { get; init; }

    /// <summary>The tuner of this run.</summary>
    public required ITuner Tuner { get; init; }

    /// <summary>The seed of this run.</summary>
    public required int Seed { get; init; }

    /// <summary>The pipelines that have options to search; the others are tried once.</summary>
    public IReadOnlyList<ExperimentPipeline> Searched => _searched ??= [.. Pipelines.Where(pipeline => pipeline.Space.Dimensions.Count > 0)];

    /// <summary>The choice of the pipeline if several are searched, and the options of all pipelines.</summary>
    public IReadOnlyList<SearchDimension> Dimensions => _dimensions ??=
    [
        .. Searched.Count > 1 ? [SearchDimension.Choice("Pipeline", [.. Searched.Select(pipeline => pipeline.Name)])] : Array.Empty<SearchDimension>(),
        .. Searched.SelectMany(pipeline => pipeline.Space.Dimensions.Select(dimension => dimension.Of(pipeline.Name))),
    ];

    /// <summary>
    /// A proposal depends only on the trials that are at least this number before it, even if later ones have ended. Therefore the same seed gives the same
    /// trials regardless of the order in which parallel trials end, and no trial waits for the slowest one.
    /// </summary>
    public int Lag => 2 * Settings.ParallelTrials - 1;

    /// <summary>
    /// The starts of all pipelines as a point. If there is a choice of the pipeline, it is this one or, if this one is not searched, the first.
    /// </summary>
    public IReadOnlyList<double> StartOf(ExperimentPipeline pipeline) =>
    [
        .. Searched.Count > 1 ? [Dimensions[0].PositionOf((Searched.Contains(pipeline) ? pipeline : Searched[0]).Name)] : Array.Empty<double>(),
        .. Searched.SelectMany(each => each.Space.Start),
    ];

    /// <summary>Returns the pipeline and the options at a point.</summary>
    public (ExperimentPipeline Pipeline, object Options) At(IReadOnlyList<double> point)
    {
        ExperimentPipeline pipeline = Searched.Count == 1 ? Searched[0] : Searched.First(each => each.Name == (string)Dimensions[0].ValueAt(point[0]));
        return (pipeline, pipeline.Space.Create([.. point.Where((_, i) => Dimensions[i].Pipeline == pipeline.Name)]));
    }
}
