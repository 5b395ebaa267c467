using System.Globalization;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>The metrics of captions, held to examples that were computed by hand, and to the results of coco-caption.</summary>
public class CaptioningMetricsTests
{
    /// <summary>
    /// BLEU, CIDEr-D and ROUGE-L are the output of coco-caption (its Python 3 version, pycocoevalcap) for the same words: BLEU 0.868989287402708,
    /// 0.720479331258332, 0.569360674382557, 0.448699444636047 (with its constants of 1e-9 in the divisors), CIDEr-D 1.736959788286488, ROUGE-L
    /// 0.583456918566465. The matches of n-grams are 27 of 29, 16 of 25, 8 of 21 and 4 of 17, and exp(1 − 31/29) is the brevity penalty.
    /// METEOR: the best references are the first of images 1 (7 matches of 10 and 8 words in 4 chunks) and 2 (6 of 7 and 9 in 3), the third of 3 (2 of 4 and 6
    /// in 2) and the second of 4 (7 of 8 and 9 in 3), found by trying all alignments. P = 22/29, R = 22/32, F = 10 P R ÷ (R + 9 P), times 1 − 0.5 (12/22)³.
    /// </summary>
    [Fact]
    public void Captions_have_the_scores_of_coco_caption()
    {
        RnnCaptioningMetrics metrics = CaptionRow.Evaluate(
            ("A man is riding a brown horse on the beach.",
                ["A man rides a horse along the beach.", "Someone is riding a brown horse near the ocean.", "A rider and his horse on a sandy beach."]),
            ("Two dogs are playing in the snow.",
                ["Two dogs play with a ball in the snow.", "A pair of dogs running through deep snow.", "Dogs playing outside."]),
            ("A man is standing.",
                ["A young girl holds a red umbrella in the rain.", "The girl's umbrella is red.", "A girl standing under an umbrella."]),
            ("A red train, a train on the tracks",
                ["A red train is stopped at a station.", "A train on the tracks at a train station.", "The train doesn't move on its tracks."]));
        double brevity = Math.Exp(1 - 31 / 29.0);
        Assert.Equal(0.8689892874, metrics.Bleu1, 9);
        Assert.Equal(brevity * 27 / 29, metrics.Bleu1, 12);
        Assert.Equal(0.7204793313, metrics.Bleu2, 9);
        Assert.Equal(0.5693606744, metrics.Bleu3, 9);
        Assert.Equal(0.4486994446, metrics.Bleu4, 9);
        Assert.Equal(brevity * Math.Pow(27 / 29.0 * 16 / 25 * 8 / 21 * 4 / 17, 0.25), metrics.Bleu4, 12);
        Assert.Equal(1.7369597883, metrics.CiderD, 9);
        Assert.Equal(0.5834569186, metrics.RougeL, 9);
        double precision = 22 / 29.0, recall = 22 / 32.0;
        Assert.Equal(10 * precision * recall / (recall + 9 * precision) * (1 - 0.5 * Math.Pow(12 / 22.0, 3)), metrics.Meteor, 12);
        Assert.Equal(29 / 31.0, metrics.LengthRatio, 12);
        Assert.Equal((4, 19), (metrics.Captions, metrics.DistinctWords));
        Assert.Null(metrics.NewCaptions);
    }

    /// <summary>"the the the" of Papineni et al. (2002): a reference has "the" twice, so two of seven count. No pair of words matches.</summary>
    [Fact]
    public void Bleu_counts_repeated_words_as_often_as_a_reference()
    {
        RnnCaptioningMetrics metrics = CaptionRow.Evaluate(("the the the the the the the", ["the cat is on the mat", "there is a cat on the mat"]));
        Assert.Equal(2 / 7.0, metrics.Bleu1, 12);
        Assert.Equal((0, 0, 0), (metrics.Bleu2, metrics.Bleu3, metrics.Bleu4));
    }

    /// <summary>Three words; the references have two and four, both one word away: the shorter one counts, so that there is no penalty.</summary>
    [Fact]
    public void Of_two_references_that_are_equally_close_the_shorter_one_counts() =>
        Assert.Equal(1.5, CaptionRow.Evaluate(("a red bus", ["the red bus stops", "red bus"])).LengthRatio, 12);

    /// <summary>
    /// Two images. "a" occurs with both and has the weight 0; all other n-grams have the weight L = ln 2. The first caption equals its reference: 10. The
    /// second one has "cat" of "cat", "sits", "still": L² ÷ (L · L √3) = 1/√3; the same for pairs; no longer n-grams. It is two words shorter: e^(−4/72).
    /// </summary>
    [Fact]
    public void CiderD_weights_ngrams_and_lengths()
    {
        double second = 10 * (2 / Math.Sqrt(3) / 4) * Math.Exp(-4 / 72.0);
        Assert.Equal(2.730750, second, 6);
        RnnCaptioningMetrics metrics = CaptionRow.Evaluate(("a dog runs fast", ["a dog runs fast"]), ("a cat", ["a cat sits still"]));
        Assert.Equal((10 + second) / 2, metrics.CiderD, 9);
    }

    /// <summary>
    /// "cat cat" has the weight 2 L, its reference "cat" L: min(2 L, L) L ÷ (2 L · L) = 1/2, for one of four orders. One word longer: e^(−1/72). The other
    /// caption has no match; a second reference without a match halves the mean of the first one.
    /// </summary>
    [Fact]
    public void CiderD_clips_repeated_words_and_is_a_mean_over_references()
    {
        double expected = 10 * 0.5 / 4 * Math.Exp(-1 / 72.0);
        Assert.Equal(expected / 2, CaptionRow.Evaluate(("cat cat", ["cat"]), ("dog", ["bird"])).CiderD, 9);
        Assert.Equal(expected / 4, CaptionRow.Evaluate(("cat cat", ["cat", "bird"]), ("dog", ["fish"])).CiderD, 9);
    }

    /// <summary>All n-grams occur with the only image, so that their weights are ln 1 = 0, as in coco-caption.</summary>
    [Fact]
    public void CiderD_of_a_single_image_is_0() => Assert.Equal(0, CaptionRow.Evaluate(("a dog runs fast", ["a dog runs fast"])).CiderD);

    /// <summary>
    /// "a man … a horse" of the first reference: P = 4/5, R = 4/6. "man … horse" of the second one: P = 2/5, R = 2/3. With P = 4/5 and R = 2/3:
    /// 2.44 · 8/15 ÷ (2/3 + 1.44 · 4/5) = 0.715543. The second image has P = 1/2 and R = 1 of different references: 2.44 · 0.5 ÷ (1 + 0.72) = 0.709302.
    /// </summary>
    [Fact]
    public void RougeL_takes_the_best_precision_and_the_best_recall()
    {
        (string, string[]) first = ("a man rides a horse", ["a man is riding a horse", "man on horse"]), second = ("red bus", ["the bus", "bus"]);
        double expected = 2.44 * 8 / 15 / (2 / 3.0 + 1.44 * 4 / 5);
        Assert.Equal(0.715543, expected, 6);
        Assert.Equal(expected, CaptionRow.Evaluate(first).RougeL, 12);
        Assert.Equal(1.22 / 1.72, CaptionRow.Evaluate(second).RougeL, 12);
        Assert.Equal((expected + 1.22 / 1.72) / 2, CaptionRow.Evaluate(first, second).RougeL, 12);
    }

    /// <summary>
    /// The example of NLTK, by hand: 12 matches of 18 and 16 words in four chunks: "it … action", "ensures … military", "commands", "party".
    /// P = 2/3, R = 3/4: F = 5 ÷ 6.75, penalty 0.5 (4/12)³ = 1/54. (NLTK's 0.7398 and more contain synonyms.)
    /// </summary>
    [Fact]
    public void Meteor_counts_matches_and_chunks() => Assert.Equal(5 / 6.75 * 53 / 54, CaptionRow.Evaluate((
        "It is a guide to action which ensures that the military always obeys the commands of the party",
        ["nothing", "It is a guide to action that ensures that the military will forever heed Party commands"])).Meteor, 12);

    /// <summary>
    /// "dogs running" and "dog runs" have the same stems: two matches of three and three words in one chunk, 2/3 (1 − 0.5/8) = 0.625. With a second caption of
    /// one word without a match, the sums are 2 of 4 and 4: 1/2 (1 − 0.5/8).
    /// </summary>
    [Fact]
    public void Meteor_matches_stems_and_sums_over_the_corpus()
    {
        Assert.Equal(0.625, CaptionRow.Evaluate(("two dogs running", ["a dog runs"])).Meteor, 12);
        Assert.Equal(0.46875, CaptionRow.Evaluate(("two dogs running", ["a dog runs"]), ("tree", ["house"])).Meteor, 12);
    }

    [Fact]
    public void Empty_captions_count_and_have_the_score_0()
    {
        RnnCaptioningMetrics metrics = CaptionRow.Evaluate(("", ["a dog", "a small dog"]), (" . ", ["a cat"]));
        Assert.Equal((0, 0, 0), (metrics.Bleu1, metrics.Bleu4, metrics.CiderD));
        Assert.Equal((0, 0, 0), (metrics.RougeL, metrics.Meteor, metrics.LengthRatio));
        Assert.Equal((2, 0), (metrics.Captions, metrics.DistinctWords));
        Assert.Equal(0.5, CaptionRow.Evaluate(("", ["a dog"]), ("a cat", ["a cat"])).RougeL, 12);
    }

    [Fact]
    public void The_text_has_all_metrics_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(
                """
                BLEU-1 1.0000, BLEU-2 1.0000, BLEU-3 1.0000, BLEU-4 0.0000
                CIDEr-D 0.0000, ROUGE-L 1.0000, METEOR (words and stems) 0.9815
                distinct words 3, length ratio 1.000, 1 captions

                """.ReplaceLineEndings("\n"),
                CaptionRow.Evaluate(("a red bus", ["A red bus."])).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
