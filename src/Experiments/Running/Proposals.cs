namespace MlNetRnn.Experiments;

/// <summary>Chooses the options of each trial: first the start of every pipeline, then the proposals of the tuner.</summary>
internal sealed class Proposals(ExperimentPlan plan)
{
    private int _updated;

    /// <summary>Returns whether a trial has anything to try: pipelines without options are tried once.</summary>
    public bool HasMore(int trial) => trial < plan.Pipelines.Count || plan.Searched.Count > 0;

    /// <summary>Returns the settings of a trial; called in the order of the trials.</summary>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="results">The results so far, including all that the proposal may depend on.</param>
    public TrialSettings For(int trial, IReadOnlyDictionary<int, TrialResult> results)
    {
        for (; _updated <= trial - plan.Lag; _updated++) plan.Tuner.Update(results[_updated]);
        var settings = new TrialSettings
        {
            TrialId = trial,
            Seed = TrialSettings.SeedOf(plan.Seed, trial),
            Dimensions = plan.Dimensions,
            Start = plan.StartOf(plan.Pipelines[0]),
            IsOneOfSeveral = plan.Pipelines.Count > 1,
        };
        if (trial < plan.Pipelines.Count)
        {
            ExperimentPipeline own = plan.Pipelines[trial];
            return With(settings, own, plan.StartOf(own), own.Space.CreateStart());
        }
        IReadOnlyList<double> point = plan.Tuner.Propose(settings);
        Check(point);
        (ExperimentPipeline pipeline, object options) = plan.At(point);
        return With(settings, pipeline, point, options);
    }

    private static TrialSettings With(TrialSettings settings, ExperimentPipeline pipeline, IReadOnlyList<double> point, object options) =>
        settings with { Point = point, PipelineName = pipeline.Name, Options = options, Parameter = pipeline.Space.Values(options) };

    private void Check(IReadOnlyList<double> point)
    {
        if (point.Count == plan.Dimensions.Count && point.All(x => x is >= 0 and <= 1)) return;
        string got = string.Join(", ", point.Select(x => FormattableString.Invariant($"{x}")));
        throw new InvalidOperationException(
            $"{plan.Tuner.GetType().Name}.{nameof(ITuner.Propose)}: expected {plan.Dimensions.Count} numbers from 0 to 1, got {got}.");
    }
}
