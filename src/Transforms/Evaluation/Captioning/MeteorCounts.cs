namespace MlNetRnn.Evaluation;

/// <summary>The sums that METEOR needs (Banerjee and Lavie, 2005): words, matches and chunks, each of the reference with the best score.</summary>
/// <remarks>Words match if they or their stems are the same: equal words have equal stems, so that stems are compared.</remarks>
internal sealed class MeteorCounts
{
    // The parameters of the paper: F = 10 P R / (R + 9 P), penalty = 0.5 (chunks / matches)³.
    private const double Alpha = 0.9, Beta = 3, Gamma = 0.5;

    private readonly Dictionary<string, string> _stems = new(StringComparer.Ordinal);
    private Sums _sums;

    /// <summary>The score, from 0 to 1.</summary>
    public double Score => _sums.Score;

    /// <summary>Adds a caption.</summary>
    /// <param name="caption">The words of the caption.</param>
    /// <param name="references">The words of each reference, at least one.</param>
    public void Add(string[] caption, IReadOnlyList<string[]> references)
    {
        string[] own = Stems(caption);
        // Of equally good references, the one with more matches, then the shorter one: their order does not matter.
        Sums best = references.Select(reference => Compare(own, Stems(reference)))
            .MaxBy(sums => (sums.Score, sums.Matches, -sums.ReferenceLength));
        _sums = new Sums(
            _sums.Length + best.Length, _sums.ReferenceLength + best.ReferenceLength, _sums.Matches + best.Matches, _sums.Chunks + best.Chunks);
    }

    private static Sums Compare(string[] own, string[] reference)
    {
        WordAlignment alignment = WordAlignment.Of(own, reference);
        return new Sums(own.Length, reference.Length, alignment.Matches, alignment.Chunks);
    }

    private string[] Stems(string[] words) => Array.ConvertAll(words, word =>
    {
        if (!_stems.TryGetValue(word, out string? stem)) _stems[word] = stem = PorterStemmer.Stem(word);
        return stem;
    });

    private readonly record struct Sums(long Length, long ReferenceLength, long Matches, long Chunks)
    {
        public double Score
        {
            get
            {
                if (Matches == 0) return 0;
                double precision = (double)Matches / Length, recall = (double)Matches / ReferenceLength;
                double mean = precision * recall / (Alpha * precision + (1 - Alpha) * recall);
                return mean * (1 - Gamma * Math.Pow((double)Chunks / Matches, Beta));
            }
        }
    }
}
