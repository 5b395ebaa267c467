namespace MlNetRnn.Evaluation;

/// <summary>
/// The alignment of the words of a caption and of a reference: each word has at most one partner, as many words as possible have one, and they form as few
/// chunks as possible (Denkowski and Lavie, 2014). A chunk is a run of words that is the same in both.
/// </summary>
/// <param name="Matches">The number of words that have a partner.</param>
/// <param name="Chunks">The number of chunks.</param>
internal readonly record struct WordAlignment(int Matches, int Chunks)
{
    /// <summary>The number of partial alignments that are kept after each word. Captions with few repeated words have fewer.</summary>
    private const int BeamWidth = 40;

    /// <summary>Aligns two texts.</summary>
    /// <param name="caption">The words of the caption.</param>
    /// <param name="reference">The words of the reference.</param>
    public static WordAlignment Of(string[] caption, string[] reference)
    {
        Dictionary<string, int[]> places = Enumerable.Range(0, reference.Length).GroupBy(i => reference[i], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        Dictionary<string, int> rest = caption.GroupBy(word => word, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        List<PartialAlignment> beam = [PartialAlignment.Empty(reference.Length)];
        foreach (string word in caption)
        {
            rest[word]--;
            int[] own = places.GetValueOrDefault(word, []);
            var next = new List<PartialAlignment>();
            foreach ((PartialAlignment parent, int place, _) in beam.SelectMany(partial => Steps(partial, own, rest[word])).OrderBy(step => step.Chunks))
            {
                PartialAlignment child = parent.With(place);
                if (!next.Exists(child.IsSameAs)) next.Add(child);
                if (next.Count == BeamWidth) break;
            }
            beam = next;
        }
        PartialAlignment best = beam.MinBy(partial => partial.Chunks)!;
        return new WordAlignment(best.Matches, best.Chunks);
    }

    /// <summary>Returns the possible partners of a word: the place after that of the word before, then the first free ones; or none.</summary>
    private static IEnumerable<(PartialAlignment Parent, int Place, int Chunks)> Steps(PartialAlignment partial, int[] own, int rest)
    {
        int[] free = [.. own.Where(partial.IsFree)];
        foreach (int place in free.OrderByDescending(place => partial.Continues(place)).Take(BeamWidth))
            yield return (partial, place, partial.Chunks + (partial.Continues(place) ? 0 : 1));
        // The word stays alone only if later ones take all places, so that the number of matches is the greatest possible.
        if (rest >= free.Length) yield return (partial, PartialAlignment.NoPlace, partial.Chunks);
    }
}
