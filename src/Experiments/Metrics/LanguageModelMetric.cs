namespace MlNetRnn.Experiments;

/// <summary>The metrics of language models that an experiment can optimize. Running trials are compared by their loss on the validation rows.</summary>
public static class LanguageModelMetric
{
    /// <summary>The perplexity per symbol. It compares only models with the same symbols.</summary>
    public static TaskMetric<RnnLanguageModelMetrics> Perplexity { get; } =
        new("perplexity", false, metrics => metrics.PerSymbol.Perplexity) { ComparesLoss = true };

    /// <summary>The bits per character, for models with different units.</summary>
    public static TaskMetric<RnnLanguageModelMetrics> BitsPerCharacter { get; } =
        new("bits per character", false, metrics => metrics.PerCharacter.Bits) { ComparesLoss = true };

    /// <summary>The perplexity per word.</summary>
    public static TaskMetric<RnnLanguageModelMetrics> PerplexityPerWord { get; } =
        new("perplexity per word", false, metrics => metrics.PerWord.Perplexity) { ComparesLoss = true };
}
