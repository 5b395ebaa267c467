using MlNetRnn.Batching;

namespace MlNetRnn.Fitting;

/// <summary>The frequencies of single symbols: the first distribution of a network, and the baseline of the validation loss.</summary>
internal static class SymbolFrequencies
{
    /// <summary>Returns the logarithm of the share of each symbol among the predictions, [V]. Every symbol counts at least once.</summary>
    public static float[] Logarithms(SymbolSet training, int symbols)
    {
        var counts = new double[symbols];
        Array.Fill(counts, 1);
        for (int i = 0; i < training.Sequences.Count; i++)
            foreach (int symbol in training.Sequences[i][1..]) counts[symbol]++;
        double total = counts.Sum();
        return Array.ConvertAll(counts, count => (float)Math.Log(count / total));
    }

    /// <summary>Returns the mean log-probability of the predictions of a set, given that of each symbol.</summary>
    public static double Mean(SymbolSet set, float[] logarithms)
    {
        double sum = 0;
        for (int i = 0; i < set.Sequences.Count; i++)
            foreach (int symbol in set.Sequences[i][1..]) sum += logarithms[symbol];
        return sum / set.Predictions;
    }
}
