using FsCheck;
using FsCheck.Xunit;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>Properties of the metrics of captions, for any texts.</summary>
public class CaptioningPropertiesTests
{
    /// <summary>
    /// Captions that equal a reference, of words that occur with one image only, have the greatest possible scores. Each caption is one chunk, so that the
    /// penalty of METEOR is 0.5 (images / words)³.
    /// </summary>
    [Property(MaxTest = 100)]
    public void Perfect_captions_have_perfect_scores(PositiveInt images, NonEmptyArray<byte> lengths)
    {
        int count = 2 + images.Get % 5;
        string[] captions = [.. Enumerable.Range(0, count).Select(i => Sentence(i, 4 + lengths.Get[i % lengths.Get.Length] % 6))];
        RnnCaptioningMetrics metrics = CaptionRow.Evaluate(captions.Select(caption => (caption, new[] { caption })), null);
        double chunksPerWord = (double)count / captions.Sum(caption => caption.Split(' ').Length);
        Assert.Equal(1, metrics.Bleu1, 9);
        Assert.Equal(1, metrics.Bleu4, 9);
        Assert.Equal(10, metrics.CiderD, 9);
        Assert.Equal(1, metrics.RougeL, 9);
        Assert.Equal(1 - 0.5 * Math.Pow(chunksPerWord, 3), metrics.Meteor, 9);

        static string Sentence(int image, int words) => string.Join(' ', Enumerable.Range(0, words).Select(word => $"w{image}x{word}"));
    }

    [Property(MaxTest = 200)]
    public void Scores_are_in_their_ranges_and_do_not_depend_on_the_order_of_rows_and_references(NonEmptyArray<byte[]> own, int seed)
    {
        var random = new Random(seed);
        (string Caption, string[] References)[] images =
        [
            .. own.Get.Select(numbers => (Words(numbers), Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Words(Bytes())).ToArray())),
        ];
        RnnCaptioningMetrics metrics = CaptionRow.Evaluate(images);
        foreach ((_, string[] references) in images) random.Shuffle(references);
        random.Shuffle(images);
        double[] values = Values(metrics), shuffled = Values(CaptionRow.Evaluate(images));
        Assert.All(values.Zip(shuffled), pair => Assert.Equal(pair.First, pair.Second, 9));
        Assert.All(values[..6], value => Assert.InRange(value, 0, 1 + 1e-9));
        Assert.InRange(metrics.CiderD, 0, 10 + 1e-9);
        Assert.True(metrics.Bleu4 <= metrics.Bleu1 + 1e-9 || metrics.Bleu1 == 0);

        byte[] Bytes()
        {
            byte[] bytes = new byte[1 + random.Next(8)];
            random.NextBytes(bytes);
            return bytes;
        }

        static string Words(byte[] numbers) => string.Join(' ', numbers.Select(number => $"w{number % 6}"));

        static double[] Values(RnnCaptioningMetrics metrics) =>
        [
            metrics.Bleu1, metrics.Bleu2, metrics.Bleu3, metrics.Bleu4, metrics.RougeL, metrics.Meteor, metrics.CiderD, metrics.LengthRatio,
            metrics.DistinctWords, metrics.Captions,
        ];
    }

    [Property(MaxTest = 300)]
    public void Wild_texts_are_evaluated(string? caption, string? reference, string? other, bool isTokenized)
    {
        RnnCaptioningEvaluationOptions options = new() { Tokenization = isTokenized ? RnnCaptionTokenization.None : RnnCaptionTokenization.Coco };
        RnnCaptioningMetrics metrics = CaptionRow.Evaluate([(caption ?? "", ["w " + reference, other ?? ""]), (other ?? "", ["w"])], options);
        Assert.InRange(metrics.Meteor, 0, 1);
        Assert.InRange(metrics.RougeL, 0, 1);
        Assert.InRange(metrics.CiderD, 0, 10 + 1e-9);
        Assert.InRange(metrics.Bleu1, 0, 1 + 1e-9);
    }

    [Fact]
    public void Long_repetitions_are_evaluated_in_a_short_time()
    {
        string repeated = string.Join(' ', Enumerable.Repeat("a", 500));
        Assert.Equal(1 - 0.5 * Math.Pow(1 / 500.0, 3), CaptionRow.Evaluate((repeated, [repeated])).Meteor, 9);
    }
}
