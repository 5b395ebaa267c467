using MlNetRnn.Tags;


namespace MlNetRnn.Objectives;

/// <summary>The counts of a pass over validation rows.</summary>
internal sealed class TagTally(int tags, TagScheme? scheme)
{
    private readonly long[] _ofTag = new long[tags];
    private readonly SpanCounter? _spans = scheme is null ? null : new SpanCounter(scheme);
    private long _steps, _right;

    /// <param name="truth">[T]; −1 where a step has no tag, lower where it has one that the model lacks.</param>
    /// <param name="predicted">[T]</param>
    public void Add(int[] truth, int[] predicted)
    {
        for (int t = 0; t < truth.Length; t++)
        {
            if (truth[t] == -1) continue;
            _steps++;
            if (truth[t] == predicted[t]) _right++;
            if (truth[t] >= 0) _ofTag[truth[t]]++;
        }
        _spans?.Add(truth, predicted);
    }

    public double Metric => _spans is null ? (double)_right / Math.Max(_steps, 1) : _spans.Total.F1;

    /// <summary>The metric of a model that says the same of every step.</summary>
    public double Baseline => _spans is null ? (double)_ofTag.Max() / Math.Max(_steps, 1) : 0;
}
