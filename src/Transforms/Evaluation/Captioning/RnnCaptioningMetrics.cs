using System.Globalization;
using MlNetRnn.Evaluation;

namespace MlNetRnn;

/// <summary>Metrics of captions of images, or of any texts that have several references. Immutable.</summary>
/// <remarks>
/// <para>BLEU, CIDEr-D and ROUGE-L are those of coco-caption (Chen et al., 2015). They describe a corpus: of single captions, they say little.</para>
/// <para>An empty caption counts, with no words; it has no matches.</para>
/// </remarks>
public sealed class RnnCaptioningMetrics
{
    internal RnnCaptioningMetrics(IReadOnlyList<CaptionedImage> images, IReadOnlySet<string>? trainingCaptions)
    {
        var bleu = new BleuCounts();
        var meteor = new MeteorCounts();
        foreach (CaptionedImage image in images)
        {
            bleu.Add(image.Words, image.References);
            meteor.Add(image.Words, image.References);
        }
        Captions = images.Count;
        (Bleu1, Bleu2, Bleu3, Bleu4) = (bleu.Score(1), bleu.Score(2), bleu.Score(3), bleu.Score(4));
        LengthRatio = (double)bleu.Length / bleu.ReferenceLength;
        (CiderD, Meteor) = (Evaluation.CiderD.Score(images), meteor.Score);
        RougeL = images.Average(image => Evaluation.RougeL.Score(image.Words, image.References));
        DistinctWords = images.SelectMany(image => image.Words).Distinct(StringComparer.Ordinal).LongCount();
        NewCaptions = trainingCaptions is null
            ? null
            : (double)images.Count(image => image.Words.Length > 0 && !trainingCaptions.Contains(CaptioningColumns.Joined(image.Words))) / images.Count;
    }

    /// <summary>The number of captions: the number of images.</summary>
    public long Captions { get; }

    /// <summary>BLEU-1 of the corpus, from 0 to 1: BLEU of single words. <see cref="Bleu4"/> describes how it is computed.</summary>
    public double Bleu1 { get; }

    /// <summary>BLEU-2 of the corpus, from 0 to 1: BLEU of the n-grams of one and two words. <see cref="Bleu4"/> describes how it is computed.</summary>
    public double Bleu2 { get; }

    /// <summary>BLEU-3 of the corpus, from 0 to 1: BLEU of the n-grams of one to three words. <see cref="Bleu4"/> describes how it is computed.</summary>
    public double Bleu3 { get; }

    /// <summary>BLEU-4 of the corpus (Papineni et al., 2002), from 0 to 1: BLEU of the n-grams of one to four words.</summary>
    /// <remarks>
    /// Like <see cref="RnnBleu"/>, it compares with the reference whose length is closest. It differs from the default of <see cref="RnnBleu"/> in three
    /// ways: it is not smoothed, so that it is 0 if an order has no match; the words are those of
    /// <see cref="RnnCaptioningEvaluationOptions.Tokenization"/>; and the score is at most 1, not 100. coco-caption adds 1e-15 to the matches and 1e-9 to the
    /// numbers of n-grams to avoid a division by 0, so that a score that is 0 here is a small number there.
    /// </remarks>
    public double Bleu4 { get; }

    /// <summary>
    /// CIDEr-D (Vedantam et al., 2015), from 0 to 10: the mean similarity of the n-grams of one to four words of a caption and of each of its references,
    /// weighted with tf-idf, times 10.
    /// </summary>
    /// <remarks>
    /// The document frequencies are those of the references of the evaluated images, as in coco-caption. Scores of different sets of images are therefore not
    /// comparable, and the score of a single image is 0: an n-gram that occurs with all images has the weight 0. A caption of fewer than four words has no
    /// n-grams of four words, so that its score is at most 7.5.
    /// </remarks>
    public double CiderD { get; }

    /// <summary>
    /// ROUGE-L (Lin, 2004), from 0 to 1: the mean F-score of the longest common subsequence of a caption and its references. Recall counts 1.2 times as much as
    /// precision; each is that of the best reference.
    /// </summary>
    public double RougeL { get; }

    /// <summary>
    /// METEOR (Banerjee and Lavie, 2005), from 0 to 1, of equal words and equal stems (Porter, 1980) only. It is not comparable with the METEOR of
    /// coco-caption.
    /// </summary>
    /// <remarks>
    /// <para>coco-caption runs METEOR 1.5, a Java program that also matches synonyms and paraphrases from tables of English, with other weights. Compare
    /// scores of this library only with each other.</para>
    /// <para>The parameters are those of the paper of 2005: α = 0.9, β = 3, γ = 0.5, that is, F = 10 P R ÷ (R + 9 P) and a penalty of
    /// 0.5 (chunks ÷ matches)³. Words are aligned as in Denkowski and Lavie (2014): as many matches as possible in as few chunks as possible, found by beam
    /// search. Of several references, the one with the best score counts. The score of the corpus is that of the sums of all captions, not the mean of
    /// their scores.</para>
    /// </remarks>
    public double Meteor { get; }

    /// <summary>The number of different words in the captions.</summary>
    public long DistinctWords { get; }

    /// <summary>
    /// The share of captions that are new: that do not occur, word for word, among the captions of the training data. From 0 to 1; an empty caption is not new.
    /// <see langword="null"/> without training data.
    /// </summary>
    public double? NewCaptions { get; }

    /// <summary>The number of words of the captions ÷ that of the references; of several references, of the one whose length is closest.</summary>
    public double LengthRatio { get; }

    /// <summary>Returns all metrics. Independent of the culture.</summary>
    public override string ToString()
    {
        string share = NewCaptions is { } value ? string.Create(CultureInfo.InvariantCulture, $", new captions {value:F4}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"BLEU-1 {Bleu1:F4}, BLEU-2 {Bleu2:F4}, BLEU-3 {Bleu3:F4}, BLEU-4 {Bleu4:F4}\n"
            + $"CIDEr-D {CiderD:F4}, ROUGE-L {RougeL:F4}, METEOR (words and stems) {Meteor:F4}\n"
            + $"distinct words {DistinctWords}{share}, length ratio {LengthRatio:F3}, {Captions} captions\n");
    }
}
