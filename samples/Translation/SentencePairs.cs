namespace MlNetRnn.Samples.Translation;

/// <summary>Pairs of sentences of the small languages.</summary>
internal static class SentencePairs
{
    /// <summary>
    /// The directions of the training. There is no Dutch with French. English with English, where a passive sentence becomes active, makes the decoder read
    /// English and Dutch sources for the same translation: without it, the translations from Dutch to French are wrong.
    /// </summary>
    public static readonly (string From, string To)[] Trained = [("en", "fr"), ("nl", "en"), ("en", "nl"), ("en", "en")];

    /// <summary>The direction without any training pair.</summary>
    public static readonly (string From, string To)[] ZeroShot = [("nl", "fr")];

    /// <summary>Returns pairs of random sentences, in the given directions by turns.</summary>
    /// <param name="count">The number of pairs.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="directions">The directions.</param>
    public static Pair[] Draw(int count, int seed, params (string From, string To)[] directions)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => directions[i % directions.Length]).Select(way => Sentence.Draw(random).ToPair(way.From, way.To))];
    }
}
