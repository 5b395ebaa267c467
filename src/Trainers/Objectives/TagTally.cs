using MlNetRnn.Tags;


namespace MlNetRnn.Objectives;

/// <summary>The counts of a pass over validation rows.</summary>
internal sealed class TagTally(int tags, TagScheme? scheme)
{
    private readonly long[] _ofTag = new long[tags];
    private long _steps, _right, _spans, _predictedSpans, _rightSpans;

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
        if (scheme is null) return;
        // Steps without a tag are passed over, as the evaluation does; a run of tags that the model lacks is a span that it cannot find.
        int[] told = [.. Enumerable.Range(0, truth.Length).Where(t => truth[t] != -1)];
        truth = Array.ConvertAll(told, t => truth[t]);
        predicted = Array.ConvertAll(told, t => predicted[t]);
        List<TagSpan> actual = scheme.Spans(truth), found = scheme.Spans(predicted);
        _spans += actual.Count + Enumerable.Range(0, truth.Length).Count(t => truth[t] < -1 && (t == 0 || truth[t - 1] >= -1));
        _predictedSpans += found.Count;
        _rightSpans += actual.Intersect(found).Count();
    }

    public double Metric => scheme is null ? (double)_right / Math.Max(_steps, 1) : _spans + _predictedSpans == 0 ? 0 : 2.0 * _rightSpans / (_spans + _predictedSpans);

    /// <summary>The metric of a model that says the same of every step.</summary>
    public double Baseline => scheme is null ? (double)_ofTag.Max() / Math.Max(_steps, 1) : 0;
}
