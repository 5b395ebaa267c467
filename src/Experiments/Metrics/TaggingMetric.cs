namespace MlNetRnn.Experiments;

/// <summary>What an experiment of sequence tagging can optimize.</summary>
public static class TaggingMetric
{
    /// <summary>The F1 of spans, right in both ends and type, as conlleval counts them.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> SpanF1 { get; } = new("span F1", true, metrics => metrics.SpanF1) { FaultOf = MetricFaults.OfSpans };

    /// <summary>The F1 of spans or, where the tags mark no spans, the share of the tokens whose tag is right.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> SpanF1OrTokenAccuracy { get; } =
        new("span F1 or token accuracy", true, metrics => double.IsNaN(metrics.SpanF1) ? metrics.TokenAccuracy : metrics.SpanF1);

    /// <summary>The share of the tokens whose tag is right.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> TokenAccuracy { get; } = new("token accuracy", true, metrics => metrics.TokenAccuracy);

    /// <summary>The share of the sequences all of whose tags are right.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> SentenceAccuracy { get; } = new("sentence accuracy", true, metrics => metrics.SentenceAccuracy);

    /// <summary>The mean F1 of the tags.</summary>
    public static TaskMetric<RnnSequenceTaggingMetrics> MacroF1 { get; } = new("macro F1", true, metrics => metrics.MacroF1);
}
