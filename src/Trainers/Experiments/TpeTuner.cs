namespace MlNetRnn.Experiments;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra et al., 2011): of each option it estimates how the values of the good trials are spread and how those of
/// the others are, and tries what is likely under the first and unlikely under the second. Options of a pipeline are judged by the trials of that
/// pipeline alone.
/// </summary>
/// <param name="startupTrials">So many trials are drawn evenly first: 1 or more.</param>
/// <param name="goodShare">The share of the trials that counts as good: above 0, below 1.</param>
/// <param name="candidates">How many values are drawn for an option, of which the best is tried: 1 or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is out of its limits.</exception>
public sealed class TpeTuner(int startupTrials = 8, double goodShare = 0.25, int candidates = 24) : ITuner
{
    private readonly int _startupTrials = startupTrials >= 1 ? startupTrials : throw new ArgumentOutOfRangeException(nameof(startupTrials), startupTrials, "expected 1 or more");
    private readonly double _goodShare = goodShare is > 0 and < 1 ? goodShare : throw new ArgumentOutOfRangeException(nameof(goodShare), goodShare, "expected a number between 0 and 1");
    private readonly int _candidates = candidates >= 1 ? candidates : throw new ArgumentOutOfRangeException(nameof(candidates), candidates, "expected 1 or more");
    private readonly List<TrialResult> _results = [];

    /// <inheritdoc/>
    public IReadOnlyList<double> Propose(TrialSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var random = new Random(settings.Seed);
        var point = new double[settings.Dimensions.Count];
        string? pipeline = null;
        // What chooses the pipeline comes first, and decides whose trials the rest is judged by.
        for (int d = 0; d < point.Length; d++)
        {
            SearchDimension dimension = settings.Dimensions[d];
            TrialResult[] trials = [.. _results.Where(result => dimension.Pipeline is null || result.TrialSettings.PipelineName == dimension.Pipeline)];
            bool isIdle = dimension.Pipeline is not null && pipeline is not null && dimension.Pipeline != pipeline;
            point[d] = isIdle || trials.Length < _startupTrials ? random.NextDouble() : Choose(dimension, d, trials, random);
            if (dimension.Pipeline is null) pipeline = (string)dimension.ValueAt(point[d]);
        }
        return point;
    }

    /// <inheritdoc/>
    public void Update(TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _results.Add(result);
    }

    private double Choose(SearchDimension dimension, int d, TrialResult[] trials, Random random)
    {
        double[] values = [.. trials.OrderBy(trial => trial.Loss).ThenBy(trial => trial.TrialSettings.TrialId).Select(trial => trial.TrialSettings.Point[d])];
        int good = Math.Min(values.Length, Math.Max(2, (int)Math.Ceiling(_goodShare * values.Length)));
        int? choices = dimension.IsOrdered ? null : dimension.Choices!.Count;
        var better = new ParzenEstimate(values[..good], choices);
        var worse = new ParzenEstimate(values[good..], choices);
        return Enumerable.Range(0, _candidates).Select(_ => better.Sample(random)).MaxBy(value => better.LogDensity(value) - worse.LogDensity(value));
    }
}
