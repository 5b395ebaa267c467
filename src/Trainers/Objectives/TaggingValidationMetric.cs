using MlNetRnn.Tags;

namespace MlNetRnn.Objectives;

/// <summary>
/// Counts correct tags and spans over the validation rows. The metric is span F1 if the tags mark spans (exact matches, as conlleval counts them), else the
/// share of correct tags.
/// </summary>
/// <param name="tags">K, the number of tags.</param>
/// <param name="scheme">The scheme by which tags mark spans; null if they mark none.</param>
internal sealed class TaggingValidationMetric(int tags, TagScheme? scheme)
{
    private readonly long[] _ofTag = new long[tags];
    private readonly SpanCounter? _spans = scheme is null ? null : new SpanCounter(scheme);
    private long _steps, _right;

    /// <summary>Counts the tags of one row.</summary>
    /// <param name="truth">[T]; −1 for a step without a tag, lower for a tag that the model does not have.</param>
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

    /// <summary>The name of <see cref="Metric"/>.</summary>
    public string MetricName => _spans is null ? "token accuracy" : "span F1";

    /// <summary>Span F1 or token accuracy; higher is better.</summary>
    public double Metric => _spans is null ? (double)_right / Math.Max(_steps, 1) : _spans.Total.F1;

    /// <summary>The metric of a model that predicts the same tag for every step.</summary>
    public double Baseline => _spans is null ? (double)_ofTag.Max() / Math.Max(_steps, 1) : 0;
}
