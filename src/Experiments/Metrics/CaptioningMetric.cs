namespace MlNetRnn.Experiments;

/// <summary>The metrics of captioning models that an experiment can optimize.</summary>
public static class CaptioningMetric
{
    /// <summary>CIDEr-D, from 0 to 10: weights the words by how much they distinguish the images.</summary>
    public static TaskMetric<RnnCaptioningMetrics> CiderD { get; } = new("CIDEr-D", true, metrics => metrics.CiderD);

    /// <summary>BLEU-4 of the corpus, from 0 to 1.</summary>
    public static TaskMetric<RnnCaptioningMetrics> Bleu4 { get; } = new("BLEU-4", true, metrics => metrics.Bleu4);

    /// <summary>ROUGE-L, from 0 to 1.</summary>
    public static TaskMetric<RnnCaptioningMetrics> RougeL { get; } = new("ROUGE-L", true, metrics => metrics.RougeL);

    /// <summary>METEOR of equal words and stems, from 0 to 1.</summary>
    public static TaskMetric<RnnCaptioningMetrics> Meteor { get; } = new("METEOR (words and stems)", true, metrics => metrics.Meteor);
}
