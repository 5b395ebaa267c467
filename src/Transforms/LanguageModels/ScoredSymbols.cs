namespace MlNetRnn.LanguageModels;

/// <summary>The symbols of a row with their log-probabilities.</summary>
/// <param name="Symbols">The symbols, which begin and end with the boundary.</param>
/// <param name="LogProbabilities">The log-probability of each symbol but the first.</param>
internal readonly record struct ScoredSymbols(int[] Symbols, float[] LogProbabilities)
{
    /// <summary>The log-probability of the row.</summary>
    public double LogProbability
    {
        get
        {
            double sum = 0;
            foreach (float logProbability in LogProbabilities) sum += logProbability;
            return sum;
        }
    }
}
