using MlNetRnn.Batching;
using MlNetRnn.Sequences;

namespace MlNetRnn.Fitting;

/// <summary>The frequencies of single symbols: the first distribution of a network, and the baseline of the validation loss.</summary>
internal static class SymbolFrequencies
{
    /// <summary>Returns the logarithm of the share of each symbol among the predictions, [V]. Every symbol counts at least once.</summary>
    public static float[] Logarithms(SymbolSet training, int symbols) =>
        Logarithms(training.Sequences, Enumerable.Range(0, training.Sequences.Count), symbols);

    /// <summary>Returns the logarithm of the share of each symbol among the predictions of some sequences, [V]. Every symbol counts at least once.</summary>
    public static float[] Logarithms(SequenceStore sequences, IEnumerable<int> which, int symbols)
    {
        var counts = new double[symbols];
        Array.Fill(counts, 1);
        foreach (int i in which)
            foreach (int symbol in sequences[i][1..]) counts[symbol]++;
        double total = counts.Sum();
        return Array.ConvertAll(counts, count => (float)Math.Log(count / total));
    }

    /// <summary>Returns the mean log-probability of the predictions of a set, given that of each symbol.</summary>
    public static double Mean(SymbolSet set, float[] logarithms) => Mean(set.Sequences, Enumerable.Range(0, set.Sequences.Count), logarithms);

    /// <summary>Returns the mean log-probability of the predictions of some sequences, given that of each symbol.</summary>
    public static double Mean(SequenceStore sequences, IEnumerable<int> which, float[] logarithms)
    {
        double sum = 0;
        long count = 0;
        foreach (int i in which)
        {
            foreach (int symbol in sequences[i][1..]) sum += logarithms[symbol];
            count += sequences.Length(i) - 1;
        }
        return sum / count;
    }
}
