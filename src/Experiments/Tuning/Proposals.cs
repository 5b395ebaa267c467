namespace MlNetRnn.Experiments;

/// <summary>What each trial tries: first every pipeline as it is by default, then what the tuner says.</summary>
internal sealed class Proposals(ExperimentPlan plan)
{
    private int _told;

    /// <summary>Whether there is anything left to try: pipelines without options are tried once.</summary>
    public bool HasMore(int trial) => trial < plan.Pipelines.Count || plan.Searched.Count > 0;

    /// <param name="trial">The number of the trial; they are asked for in order.</param>
    /// <param name="results">The results so far; all that the trial may know of are there.</param>
    public TrialSettings For(int trial, IReadOnlyDictionary<int, TrialResult> results)
    {
        for (; _told <= trial - plan.Lag; _told++) plan.Tuner.Update(results[_told]);
        var settings = new TrialSettings { TrialId = trial, Seed = TrialSettings.SeedOf(plan.Seed, trial), Dimensions = plan.Dimensions, Start = plan.StartOf(plan.Pipelines[0]), IsOneOfSeveral = plan.Pipelines.Count > 1 };
        if (trial < plan.Pipelines.Count) return With(settings, plan.Pipelines[trial], plan.StartOf(plan.Pipelines[trial]), plan.Pipelines[trial].Space.CreateStart());
        IReadOnlyList<double> point = plan.Tuner.Propose(settings);
        Check(point);
        (ExperimentPipeline pipeline, object options) = plan.At(point);
        return With(settings, pipeline, point, options);
    }

    private static TrialSettings With(TrialSettings settings, ExperimentPipeline pipeline, IReadOnlyList<double> point, object options) =>
        settings with { Point = point, PipelineName = pipeline.Name, Options = options, Parameter = pipeline.Space.Values(options) };

    private void Check(IReadOnlyList<double> point)
    {
        if (point.Count != plan.Dimensions.Count || point.Any(x => !(x is >= 0 and <= 1)))
            throw new InvalidOperationException($"{plan.Tuner.GetType().Name}.{nameof(ITuner.Propose)}: expected {plan.Dimensions.Count} numbers from 0 to 1, got {string.Join(", ", point.Select(x => FormattableString.Invariant($"{x}")))}.");
    }
}
