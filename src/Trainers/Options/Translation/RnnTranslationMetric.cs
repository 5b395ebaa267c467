namespace MlNetRnn;

/// <summary>The metric that selects the best epoch of a translation model.</summary>
public enum RnnTranslationMetric
{
    /// <summary>
    /// The log-probability per target symbol of the validation pairs, which is quick to compute. The highest one is also the lowest perplexity.
    /// </summary>
    LogProbability,

    /// <summary>BLEU of greedy translations of validation sources; see <see cref="RnnTranslationOptions.ValidationTranslations"/>.</summary>
    Bleu,
}
