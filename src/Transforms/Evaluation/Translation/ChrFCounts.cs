using System.Text;

namespace MlNetRnn.Evaluation;

/// <summary>The sums that chrF needs (Popović, 2015): the n-grams of characters of each order without white space.</summary>
internal sealed class ChrFCounts
{
    public const int Orders = 6;

    private const double Beta = 2;

    private readonly long[] _own = new long[Orders], _reference = new long[Orders], _matches = new long[Orders];

    /// <summary>The score, from 0 to 100: the F-score, with recall weighted twice, of the mean precision and recall of all orders that occur.</summary>
    public double Score
    {
        get
        {
            int[] orders = [.. Enumerable.Range(0, Orders).Where(i => _own[i] > 0 && _reference[i] > 0)];
            if (orders.Length == 0) return 0;
            double precision = orders.Average(i => (double)_matches[i] / _own[i]), recall = orders.Average(i => (double)_matches[i] / _reference[i]);
            return precision + recall == 0 ? 0 : 100 * (1 + Beta * Beta) * precision * recall / (Beta * Beta * precision + recall);
        }
    }

    /// <summary>Adds a row: the counts of the reference with the highest score.</summary>
    /// <param name="translation">The translation.</param>
    /// <param name="references">The references, at least one.</param>
    public void Add(string translation, IReadOnlyList<string> references)
    {
        Rune[] own = Characters(translation);
        ChrFCounts? best = null;
        foreach (string reference in references)
        {
            ChrFCounts counts = Compare(own, Characters(reference));
            if (best is null || counts.Score > best.Score) best = counts;
        }
        for (int i = 0; i < Orders; i++)
        {
            _own[i] += best!._own[i];
            _reference[i] += best._reference[i];
            _matches[i] += best._matches[i];
        }
    }

    private static Rune[] Characters(string text) => [.. text.EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune) && rune.Value is < 0x1C or > 0x1F)];

    private static ChrFCounts Compare(Rune[] own, Rune[] reference)
    {
        var counts = new ChrFCounts();
        for (int i = 0; i < Orders; i++)
        {
            Dictionary<string, int> mine = Count(own, i + 1), theirs = Count(reference, i + 1);
            // Without n-grams of this order in the reference, the order does not count.
            counts._own[i] = theirs.Count == 0 ? 0 : Math.Max(0, own.Length - i);
            counts._reference[i] = Math.Max(0, reference.Length - i);
            counts._matches[i] = mine.Sum(gram => (long)Math.Min(gram.Value, theirs.GetValueOrDefault(gram.Key)));
        }
        return counts;
    }

    private static Dictionary<string, int> Count(Rune[] characters, int order)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i + order <= characters.Length; i++)
        {
            string gram = string.Concat(characters[i..(i + order)]);
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }
        return counts;
    }
}
