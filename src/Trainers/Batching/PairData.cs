namespace MlNetRnn.Batching;

/// <summary>The training pairs and the validation pairs. Both refer to the same set if a share of the pairs is held out.</summary>
internal sealed record PairData(PairSet Training, int[] TrainingPairs, PairSet Validation, int[] ValidationPairs)
{
    /// <summary>Holds out a share of the pairs. Pairs that share a source are held out together.</summary>
    /// <param name="pairs">All pairs.</param>
    /// <param name="fraction">The share.</param>
    /// <param name="seed">The seed of the selection.</param>
    public static PairData Split(PairSet pairs, double fraction, int seed)
    {
        (int[] kept, int[] heldOut) = TrainingData.Split(pairs.SharedSources is null ? pairs.Count : pairs.Source.Count, fraction, seed);
        return pairs.SharedSources is null ? new PairData(pairs, kept, pairs, heldOut) : new PairData(pairs, PairsOf(kept), pairs, PairsOf(heldOut));

        int[] PairsOf(int[] sources)
        {
            HashSet<int> chosen = [.. sources];
            return [.. Enumerable.Range(0, pairs.Count).Where(pair => chosen.Contains(pairs.SourceOf(pair)))];
        }
    }

    /// <summary>Uses all pairs of one set for training and all pairs of another for validation.</summary>
    public static PairData With(PairSet training, PairSet validation) =>
        new(training, [.. Enumerable.Range(0, training.Count)], validation, [.. Enumerable.Range(0, validation.Count)]);
}
