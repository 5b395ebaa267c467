namespace MlNetRnn.Experiments;

/// <summary>The metrics of sequence tagging that an experiment can optimize.</summary>
public static class TaggingMetric
{
    /// <summary>The F1 of spans. A span is correct if both its ends and its type are, as in conlleval.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> SpanF1 { get; } = new("span F1", true, metrics => metrics.SpanF1) { FaultOf = MetricFaults.OfSpans };

    /// <summary>The F1 of spans or, if the tags do not mark spans, the token accuracy.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> SpanF1OrTokenAccuracy { get; } =
        new("span F1 or token accuracy", true, metrics => double.IsNaN(metrics.SpanF1) ? metrics.TokenAccuracy : metrics.SpanF1);

    /// <summary>The share of tokens with the correct tag.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> TokenAccuracy { get; } = new("token accuracy", true, metrics => metrics.TokenAccuracy);

    /// <summary>The share of sequences in which all tags are correct.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> SentenceAccuracy { get; } = new("sentence accuracy", true, metrics => metrics.SentenceAccuracy);

    /// <summary>The mean F1 over the tags.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> MacroF1 { get; } = new("macro F1", true, metrics => metrics.MacroF1);
}
