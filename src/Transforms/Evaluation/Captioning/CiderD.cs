namespace MlNetRnn.Evaluation;

/// <summary>
/// CIDEr-D (Vedantam et al., 2015) as coco-caption computes it: the cosine of the n-grams of a caption and of its references, weighted with tf-idf.
/// </summary>
internal sealed class CiderD
{
    private const int Orders = 4;

    /// <summary>The standard deviation of the factor for captions that are longer or shorter than a reference.</summary>
    private const double Sigma = 6;

    private const double Scale = 10;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, int, int, int), int> _documents = [];
    private readonly int _images;

    /// <param name="images">The images. Those whose references contain an n-gram are its document frequency.</param>
    private CiderD(IReadOnlyCollection<CaptionedImage> images)
    {
        _images = images.Count;
        foreach (CaptionedImage image in images)
        {
            HashSet<(int, int, int, int)> present = [.. image.References.SelectMany(Grams).SelectMany(counts => counts.Keys)];
            foreach (var gram in present) _documents[gram] = _documents.GetValueOrDefault(gram) + 1;
        }
    }

    /// <summary>Returns the mean score of the captions, from 0 to 10.</summary>
    public static double Score(IReadOnlyCollection<CaptionedImage> images)
    {
        var scorer = new CiderD(images);
        return images.Average(scorer.ScoreOf);
    }

    private double ScoreOf(CaptionedImage image)
    {
        Weights[] caption = WeightsOf(image.Words);
        return Scale * image.References.Average(reference =>
        {
            double difference = image.Words.Length - reference.Length;
            double penalty = Math.Exp(-difference * difference / (2 * Sigma * Sigma));
            return penalty * caption.Zip(WeightsOf(reference), Similarity).Average();
        });
    }

    /// <summary>
    /// Returns the cosine of two vectors. A weight of the caption counts at most as much as that of the reference, so that repeated words do not help.
    /// </summary>
    private static double Similarity(Weights caption, Weights reference)
    {
        if (caption.Norm == 0 || reference.Norm == 0) return 0;
        double product = 0;
        foreach ((var gram, double weight) in caption.ByGram)
        {
            double other = reference.ByGram.GetValueOrDefault(gram);
            product += Math.Min(weight, other) * other;
        }
        return product / (caption.Norm * reference.Norm);
    }

    private Weights[] WeightsOf(string[] words) => [.. Grams(words).Select(counts => new Weights(counts.ToDictionary(
        gram => gram.Key, gram => gram.Value * Math.Log((double)_images / Math.Max(1, _documents.GetValueOrDefault(gram.Key))))))];

    private IEnumerable<Dictionary<(int, int, int, int), int>> Grams(string[] words)
    {
        int[] tokens = TokenNGrams.Number(words, _numbers);
        return Enumerable.Range(1, Orders).Select(order => TokenNGrams.Count(tokens, order));
    }

    /// <summary>The tf-idf weights of the n-grams of one order.</summary>
    private sealed class Weights(Dictionary<(int, int, int, int), double> byGram)
    {
        public Dictionary<(int, int, int, int), double> ByGram => byGram;

        public double Norm { get; } = Math.Sqrt(byGram.Values.Sum(weight => weight * weight));
    }
}
