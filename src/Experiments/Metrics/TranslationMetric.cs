namespace MlNetRnn.Experiments;

/// <summary>The metrics of translation models that an experiment can optimize.</summary>
public static class TranslationMetric
{
    /// <summary>BLEU of the corpus, 0 to 100.</summary>
    public static TaskMetric<RnnTranslationMetrics> Bleu { get; } = new("BLEU", true, metrics => metrics.Bleu.Score);

    /// <summary>chrF2 of the corpus, 0 to 100.</summary>
    public static TaskMetric<RnnTranslationMetrics> ChrF { get; } = new("chrF2", true, metrics => metrics.ChrF);

    /// <summary>The share of rows whose tokens are those of a reference, from 0 to 1.</summary>
    public static TaskMetric<RnnTranslationMetrics> ExactMatch { get; } = new("exact match", true, metrics => metrics.ExactMatch);
}
