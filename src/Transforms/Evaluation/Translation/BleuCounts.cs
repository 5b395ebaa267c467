namespace MlNetRnn.Evaluation;

/// <summary>The sums that BLEU needs (Papineni et al., 2002): matches and numbers of n-grams, and lengths.</summary>
internal sealed class BleuCounts
{
    public const int Orders = 4;

    /// <summary>The number of n-grams of each order that occur in a reference, each at most as often as in the reference that has it most often.</summary>
    public long[] Matches { get; } = new long[Orders];

    /// <summary>The number of n-grams of each order in the translations.</summary>
    public long[] Totals { get; } = new long[Orders];

    /// <summary>The number of tokens of the translations.</summary>
    public long Length { get; private set; }

    /// <summary>The number of tokens of the references: of each row, the length that is closest to that of the translation, the shorter one of two.</summary>
    public long ReferenceLength { get; private set; }

    /// <summary>The factor for translations that are shorter than the references: exp(1 − reference length ÷ length), at most 1.</summary>
    public double BrevityPenalty => Length >= ReferenceLength ? 1 : Length == 0 ? 0 : Math.Exp(1 - (double)ReferenceLength / Length);

    /// <summary>Returns BLEU without smoothing, from 0 to 1. It is 0 if an order has no match.</summary>
    /// <param name="orders">The greatest order of the n-grams that are compared, 1 to 4.</param>
    public double Score(int orders) => Matches.Take(orders).Any(matches => matches == 0)
        ? 0
        : BrevityPenalty * Math.Exp(Enumerable.Range(0, orders).Average(i => Math.Log((double)Matches[i] / Totals[i])));

    /// <summary>Adds a row.</summary>
    /// <param name="translation">The tokens of the translation.</param>
    /// <param name="references">The tokens of each reference, at least one.</param>
    public void Add(string[] translation, IReadOnlyList<string[]> references)
    {
        Length += translation.Length;
        ReferenceLength += references.Select(reference => reference.Length)
            .OrderBy(length => Math.Abs(length - translation.Length)).ThenBy(length => length).First();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] own = TokenNGrams.Number(translation, numbers);
        int[][] others = [.. references.Select(reference => TokenNGrams.Number(reference, numbers))];
        for (int order = 1; order <= Orders; order++)
        {
            Dictionary<(int, int, int, int), int> counts = TokenNGrams.Count(own, order), greatest = [];
            foreach (int[] reference in others)
                foreach ((var gram, int count) in TokenNGrams.Count(reference, order)) greatest[gram] = Math.Max(greatest.GetValueOrDefault(gram), count);
            foreach ((var gram, int count) in counts) Matches[order - 1] += Math.Min(count, greatest.GetValueOrDefault(gram));
            Totals[order - 1] += Math.Max(0, own.Length - order + 1);
        }
    }
}
