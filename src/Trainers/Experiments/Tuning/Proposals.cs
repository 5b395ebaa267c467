namespace MlNetRnn.Experiments;

/// <summary>What each trial tries: first every pipeline as it is by default, then what the tuner says.</summary>
internal sealed class Proposals(ExperimentPlan plan)
{
    private int _told;

    /// <param name="trial">The number of the trial; they are asked for in order.</param>
    /// <param name="results">The results so far; all that the trial may know of are there.</param>
    public TrialSettings For(int trial, IReadOnlyDictionary<int, TrialResult> results)
    {
        for (; _told <= trial - plan.Lag; _told++) plan.Tuner.Update(results[_told]);
        var settings = new TrialSettings { TrialId = trial, Seed = TrialSettings.SeedOf(plan.Seed, trial), Dimensions = plan.Dimensions, Start = plan.Start };
        bool isStart = trial < plan.Pipelines.Count;
        IReadOnlyList<double> point = isStart ? plan.StartOf(plan.Pipelines[trial]) : plan.Tuner.Propose(settings);
        Check(point);
        ExperimentPipeline pipeline = plan.PipelineOf(point);
        // What has nothing to choose has been tried already.
        if (!isStart && pipeline.Space.Dimensions.Count == 0 && plan.Pipelines.FirstOrDefault(other => other.Space.Dimensions.Count > 0) is { } searched)
        {
            pipeline = searched;
            point = [plan.Dimensions[0].PositionOf(searched.Name), .. point.Skip(1)];
        }
        object options = isStart ? pipeline.Space.CreateStart() : pipeline.Space.Create(plan.OwnPoint(pipeline, point));
        return settings with { Point = point, PipelineName = pipeline.Name, Options = options, Parameter = pipeline.Space.Values(options) };
    }

    /// <summary>Whether there is anything left to try: pipelines without options are tried once.</summary>
    public bool HasMore(int trial) => trial < plan.Pipelines.Count || plan.Pipelines.Any(pipeline => pipeline.Space.Dimensions.Count > 0);

    private void Check(IReadOnlyList<double> point)
    {
        if (point.Count != plan.Dimensions.Count || point.Any(x => !(x is >= 0 and <= 1)))
            throw new InvalidOperationException($"{plan.Tuner.GetType().Name}.{nameof(ITuner.Propose)}: expected {plan.Dimensions.Count} numbers from 0 to 1, got {string.Join(", ", point.Select(x => FormattableString.Invariant($"{x}")))}.");
    }
}
