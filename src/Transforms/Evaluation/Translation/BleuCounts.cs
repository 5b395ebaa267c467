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

    /// <summary>Adds a row.</summary>
    /// <param name="translation">The tokens of the translation.</param>
    /// <param name="references">The tokens of each reference, at least one.</param>
    public void Add(string[] translation, IReadOnlyList<string[]> references)
    {
        Length += translation.Length;
        ReferenceLength += references.Select(reference => reference.Length)
            .OrderBy(length => Math.Abs(length - translation.Length)).ThenBy(length => length).First();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] own = Numbered(translation, numbers);
        int[][] others = [.. references.Select(reference => Numbered(reference, numbers))];
        for (int order = 1; order <= Orders; order++)
        {
            Dictionary<(int, int, int, int), int> counts = Count(own, order), greatest = [];
            foreach (int[] reference in others)
                foreach ((var gram, int count) in Count(reference, order)) greatest[gram] = Math.Max(greatest.GetValueOrDefault(gram), count);
            foreach ((var gram, int count) in counts) Matches[order - 1] += Math.Min(count, greatest.GetValueOrDefault(gram));
            Totals[order - 1] += Math.Max(0, own.Length - order + 1);
        }
    }

    private static int[] Numbered(string[] tokens, Dictionary<string, int> numbers) => Array.ConvertAll(tokens, token =>
    {
        if (!numbers.TryGetValue(token, out int number)) numbers[token] = number = numbers.Count;
        return number;
    });

    private static Dictionary<(int, int, int, int), int> Count(int[] tokens, int order)
    {
        var counts = new Dictionary<(int, int, int, int), int>();
        for (int i = 0; i + order <= tokens.Length; i++)
        {
            var gram = (tokens[i], At(1), At(2), At(3));
            counts[gram] = counts.GetValueOrDefault(gram) + 1;

            int At(int offset) => offset < order ? tokens[i + offset] : -1;
        }
        return counts;
    }
}
