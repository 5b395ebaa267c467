namespace MlNetRnn.Experiments;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra et al., 2011), over all options of a pipeline together (Falkner et al., 2018): it estimates how the good
/// trials are spread and how the others are, and tries what is likely under the first and unlikely under the second.
/// </summary>
/// <remarks>Where there are several pipelines, one is chosen first, in the same way; its options are then judged by its own trials alone.</remarks>
/// <param name="startupTrials">So many trials are drawn evenly first: 0 or more. With 0 it begins around the start.</param>
/// <param name="goodShare">The share of the trials that counts as good: above 0, below 1.</param>
/// <param name="candidates">How many points are drawn, of which the best is tried: 1 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its limits.</exception>
public sealed class TpeTuner(int startupTrials = 8, double goodShare = 0.15, int candidates = 24) : ITuner
{
    private readonly int _startupTrials = startupTrials >= 0 ? startupTrials : throw new ArgumentOutOfRangeException(nameof(startupTrials), startupTrials, "expected 0 or more");
    private readonly double _goodShare = goodShare is > 0 and < 1 ? goodShare : throw new ArgumentOutOfRangeException(nameof(goodShare), goodShare, "expected a number between 0 and 1");
    private readonly int _candidates = candidates >= 1 ? candidates : throw new ArgumentOutOfRangeException(nameof(candidates), candidates, "expected 1 or more");
    private readonly List<TrialResult> _results = [];

    /// <inheritdoc/>
    public IReadOnlyList<double> Propose(TrialSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var random = new Random(settings.Seed);
        double[] point = [.. settings.Dimensions.Select(_ => random.NextDouble())];
        if (point.Length == 0 || settings.TrialId < _startupTrials) return point;
        // Only where several pipelines are searched there is a dimension that is none of a pipeline's own: the choice among them.
        string? pipeline = settings.Dimensions[0].Pipeline;
        if (pipeline is null && settings.Dimensions[0].Choices is { } pipelines)
        {
            Choose(settings, point, [0], _results.Where(result => pipelines.Contains(result.TrialSettings.PipelineName)), random);
            pipeline = settings.Dimensions[0].ValueAt(point[0]) as string;
        }
        int[] own = [.. Enumerable.Range(0, point.Length).Where(d => settings.Dimensions[d].Pipeline == pipeline)];
        Choose(settings, point, own, _results.Where(result => pipeline is null || result.TrialSettings.PipelineName == pipeline), random);
        return point;
    }

    /// <inheritdoc/>
    public void Update(TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _results.Add(result);
    }

    /// <summary>Sets the places of a point that belong together.</summary>
    private void Choose(TrialSettings settings, double[] point, int[] places, IEnumerable<TrialResult> results, Random random)
    {
        if (places.Length == 0) return;
        double[] Place(IReadOnlyList<double> at) => [.. places.Select(d => at[d])];
        // A mean over fewer folds, of a trial that was ended early, is no match for one over all; a failed trial is never good.
        TrialResult[] ranked = [.. results.OrderByDescending(trial => double.IsFinite(trial.Loss)).ThenByDescending(trial => trial.Folds).ThenBy(trial => trial.Loss).ThenBy(trial => trial.TrialSettings.TrialId)];
        double[][] points = [.. ranked.Select(trial => Place(trial.TrialSettings.Point))];
        int good = Math.Min((int)Math.Ceiling(_goodShare * points.Length), ranked.Count(trial => double.IsFinite(trial.Loss)));
        // Before any result the start is all that is known to be good.
        if (points.Length == 0 && settings.Start.Count > 0) (points, good) = ([Place(settings.Start)], 1);
        SearchDimension[] own = [.. places.Select(d => settings.Dimensions[d])];
        var better = new ParzenEstimate(points[..good], own);
        var others = new ParzenEstimate(points[good..], own);
        // With nothing to stay away from, the likeliest of many would be the start itself.
        double[] chosen = Enumerable.Range(0, others.IsEmpty ? 1 : _candidates).Select(_ => better.Sample(random)).MaxBy(candidate => better.LogDensity(candidate) - others.LogDensity(candidate))!;
        for (int i = 0; i < places.Length; i++) point[places[i]] = chosen[i];
    }
}
