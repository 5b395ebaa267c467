namespace MlNetRnn.Experiments;

/// <summary>
/// A tuner that is a tree-structured Parzen estimator (Bergstra et al., 2011), over all options of a pipeline together (Falkner et al., 2018): it estimates
/// the densities of good trials and of the others, and proposes a point with a high ratio of the first to the second.
/// </summary>
/// <remarks>If there are several pipelines, one is chosen first, in the same way. Its options are then chosen by its own trials only.</remarks>
/// <param name="startupTrials">The number of trials that are drawn uniformly first: 0 or more. With 0, the search begins around the start.</param>
/// <param name="goodShare">The share of trials that are considered good: above 0, below 1.</param>
/// <param name="candidates">The number of points from which a proposal is chosen: 1 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
public sealed class TpeTuner(int startupTrials = 8, double goodShare = 0.15, int candidates = 24) : ITuner
{
    private readonly int _startupTrials = startupTrials >= 0
        ? startupTrials
        : throw new ArgumentOutOfRangeException(nameof(startupTrials), startupTrials, "expected 0 or more");
    private readonly double _goodShare = goodShare is > 0 and < 1
        ? goodShare
        : throw new ArgumentOutOfRangeException(nameof(goodShare), goodShare, "expected a number between 0 and 1");
    private readonly int _candidates = candidates >= 1
        ? candidates
        : throw new ArgumentOutOfRangeException(nameof(candidates), candidates, "expected 1 or more");
    private readonly List<TrialResult> _results = [];

    /// <inheritdoc/>
    public IReadOnlyList<double> Propose(TrialSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var random = new Random(settings.Seed);
        double[] point = [.. settings.Dimensions.Select(_ => random.NextDouble())];
        if (point.Length == 0 || settings.TrialId < _startupTrials) return point;
        // If several pipelines are searched, the first dimension belongs to none of them: it is the choice of the pipeline.
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

    /// <summary>Sets the coordinates of a point that belong together.</summary>
    private void Choose(TrialSettings settings, double[] point, int[] places, IEnumerable<TrialResult> results, Random random)
    {
        if (places.Length == 0) return;
        double[] Place(IReadOnlyList<double> at) => [.. places.Select(d => at[d])];
        // A mean over fewer folds, of a trial that ended early, ranks below one over all folds; a failed trial is never good.
        TrialResult[] ranked =
        [
            .. results.OrderByDescending(trial => double.IsFinite(trial.Loss))
                .ThenByDescending(trial => trial.Folds)
                .ThenBy(trial => trial.Loss)
                .ThenBy(trial => trial.TrialSettings.TrialId),
        ];
        double[][] points = [.. ranked.Select(trial => Place(trial.TrialSettings.Point))];
        int good = Math.Min((int)Math.Ceiling(_goodShare * points.Length), ranked.Count(trial => double.IsFinite(trial.Loss)));
        // Without results, only the start is assumed to be good.
        if (points.Length == 0 && settings.Start.Count > 0) (points, good) = ([Place(settings.Start)], 1);
        SearchDimension[] own = [.. places.Select(d => settings.Dimensions[d])];
        var better = new ParzenEstimate(points[..good], own);
        var others = new ParzenEstimate(points[good..], own);
        // Without other trials, the most probable of many candidates would always be the start.
        double[] chosen = Enumerable.Range(0, others.IsEmpty ? 1 : _candidates)
            .Select(_ => better.Sample(random))
            .MaxBy(candidate => better.LogDensity(candidate) - others.LogDensity(candidate))!;
        for (int i = 0; i < places.Length; i++) point[places[i]] = chosen[i];
    }
}
