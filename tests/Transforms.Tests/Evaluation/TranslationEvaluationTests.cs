using FsCheck;
using FsCheck.Xunit;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Evaluation;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>BLEU and chrF, held to the published examples of sacrebleu (its README and its tests).</summary>
public class TranslationEvaluationTests
{
    private static readonly string[] Translations = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];
    private static readonly string[][] References =
    [
        ["The dog bit the man.", "The dog had bit the man."], ["It was not unexpected.", "No one was surprised."],
        ["The man bit him first.", "The man had bitten the dog."],
    ];

    private readonly MLContext _ml = new(1);

    [Fact]
    public void The_example_of_sacrebleu_has_its_scores_and_its_lines()
    {
        RnnTranslationMetrics metrics = Evaluate(Translations, References);
        Assert.Equal(48.530827, metrics.Bleu.Score, 6);
        Assert.Equal("BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)", metrics.Bleu.ToString());
        Assert.StartsWith("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:MlNetRnn-", metrics.Bleu.Signature);
        Assert.Equal("59.73", metrics.ChrF.ToString("F2", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no", metrics.ChrFSignature);
        Assert.Equal(3, metrics.Rows);
        Assert.Equal(1 / 3.0, metrics.ExactMatch, 9);
        Assert.Equal(17 / 18.0, metrics.LengthRatio, 9);
        Assert.Contains("exact match 0.3333", metrics.ToString());
    }

    [Theory]
    [InlineData(RnnBleuTokenization.None, RnnBleuSmoothing.Exponential, 49.1919566)]
    [InlineData(RnnBleuTokenization.Wmt13a, RnnBleuSmoothing.None, 48.530827)]
    public void Other_options_have_the_published_scores(RnnBleuTokenization tokenization, RnnBleuSmoothing smoothing, double expected) => Assert.Equal(
        expected, Evaluate(Translations, References, new() { Tokenization = tokenization, Smoothing = smoothing }).Bleu.Score, 6);

    [Fact]
    public void Empty_translations_count_and_have_the_score_0()
    {
        RnnTranslationMetrics metrics = Evaluate(["", "", ""], References);
        Assert.Equal((0.0, 0.0, 0.0, 0.0), (metrics.Bleu.Score, metrics.ChrF, metrics.TokenAccuracy, metrics.Bleu.BrevityPenalty));
        Assert.Equal("BLEU = 0.00 0.0/0.0/0.0/0.0 (BP = 0.000 ratio = 0.000 hyp_len = 0 ref_len = 17)", metrics.Bleu.ToString());
    }

    /// <summary>"the the the" of Papineni et al. (2002): a reference has "the" twice, so two of seven count.</summary>
    [Fact]
    public void Repeated_words_count_as_often_as_in_a_reference()
    {
        RnnBleu bleu = Evaluate(["the the the the the the the"], [["the cat is on the mat", "there is a cat on the mat"]]).Bleu;
        Assert.Equal(100 * 2 / 7.0, bleu.Precisions[0], 9);
        Assert.Equal((7, 7), (bleu.Length, bleu.ReferenceLength));
    }

    /// <summary>One match of two words, none of a pair, computed by hand. There are no n-grams of three and more words, so that BLEU is usually 0.</summary>
    [Theory]
    [InlineData(RnnBleuSmoothing.Exponential, 50, 50)]
    [InlineData(RnnBleuSmoothing.Floor, 50, 10)]
    [InlineData(RnnBleuSmoothing.AddOne, 50, 50)]
    [InlineData(RnnBleuSmoothing.None, 50, 0)]
    public void Orders_without_a_match_are_smoothed(RnnBleuSmoothing smoothing, double first, double second)
    {
        RnnBleu bleu = Evaluate(["a x"], [["a b"]], new() { Smoothing = smoothing }).Bleu;
        Assert.Equal(first, bleu.Precisions[0], 9);
        Assert.Equal(second, bleu.Precisions[1], 9);
        // With add-one smoothing, orders without n-grams have one match of one.
        Assert.Equal(smoothing == RnnBleuSmoothing.AddOne ? Math.Pow(50.0 * 50 * 100 * 100, 0.25) : 0, bleu.Score, 9);
    }

    [Theory]
    [InlineData("Hello, world!", "Hello , world !")]
    [InlineData("It costs $3.14, or 2,000.", "It costs $ 3.14 , or 2,000 .")]
    [InlineData("a 10-year-old don't", "a 10 - year-old don't")]
    [InlineData("&quot;x&quot; &lt;y&gt; &amp;amp;", "\" x \" < y > & amp ;")]
    [InlineData("line-\nbreak\nnext <skipped>", "linebreak next")]
    [InlineData("  \u00A0a\u3000b\u001Fc ", "a b c")]
    [InlineData("😀. é,", "😀 . é ,")]
    [InlineData("", "")]
    public void Tokens_are_those_of_mteval_v13a(string text, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), new BleuTokens(new()).Of(text));

    [Theory]
    [InlineData("a", "a", 100)]
    [InlineData("a b c", "abc", 100)]
    [InlineData("", "reference", 0)]
    [InlineData("aa", "ab", 25)]
    [InlineData("a", "b", 0)]
    public void ChrF_has_the_published_scores(string translation, string reference, double expected) =>
        Assert.Equal(expected, Evaluate([translation], [[reference]]).ChrF, 4);

    [Fact]
    public void ChrF_of_a_corpus_sums_the_counts_and_takes_the_best_reference()
    {
        Assert.Equal(50, Evaluate(["a", "b"], [["a"], ["c"]]).ChrF, 9);
        Assert.Equal(100, Evaluate(["ab", "cd"], [["xy", "ab"], ["cd", "zz"]]).ChrF, 9);
    }

    [Fact]
    public void Lower_case_makes_texts_equal_that_differ_in_case_only()
    {
        Assert.Equal(0, Evaluate(["THE DOG BIT ME"], [["the dog bit me"]]).Bleu.Score);
        RnnTranslationMetrics metrics = Evaluate(["THE DOG BIT ME"], [["the dog bit me"]], new() { LowerCase = true });
        Assert.Equal((1.0, 1.0), (metrics.ExactMatch, metrics.TokenAccuracy));
        Assert.Equal(100, metrics.Bleu.Score, 9);
        Assert.Equal(100, metrics.ChrF, 9);
        Assert.Contains("case:lc", metrics.Bleu.Signature);
    }

    [Property(MaxTest = 300)]
    public void Texts_that_equal_a_reference_are_perfect(NonEmptyString text, NonEmptyString other)
    {
        string words = string.Concat(Enumerable.Repeat(text.Get + " w ", 4));
        RnnTranslationMetrics metrics = Evaluate([words], [[other.Get, words]]);
        Assert.Equal(100, metrics.Bleu.Score, 9);
        Assert.Equal(100, metrics.ChrF, 9);
        Assert.Equal((1.0, 1.0), (metrics.ExactMatch, metrics.TokenAccuracy));
    }

    [Property(MaxTest = 300)]
    public void Scores_do_not_depend_on_the_order_of_rows_and_are_percentages(NonEmptyArray<byte[]> own, int seed)
    {
        string[] translations = [.. own.Get.Select(Words)];
        string[][] references = [.. own.Get.Select((row, i) => new[] { Words([.. row.Reverse()]), Words([(byte)(seed + i), 1, 2, 3, 4]) })];
        int[] order = [.. Enumerable.Range(0, translations.Length)];
        new Random(seed).Shuffle(order);
        RnnTranslationMetrics metrics = Evaluate(translations, references);
        RnnTranslationMetrics shuffled = Evaluate([.. order.Select(i => translations[i])], [.. order.Select(i => references[i])]);
        Assert.Equal(metrics.Bleu.ToString(), shuffled.Bleu.ToString());
        Assert.Equal(metrics.ChrF, shuffled.ChrF, 9);
        Assert.InRange(metrics.Bleu.Score, 0, 100 + 1e-9);
        Assert.InRange(metrics.ChrF, 0, 100 + 1e-9);

        static string Words(byte[] numbers) => string.Join(' ', numbers.Select(number => $"w{number % 5}"));
    }

    [Fact]
    public void A_single_reference_is_a_column_of_texts()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Pair { German = "ein Hund .", Translation = "ein Hund ." }]);
        Assert.Equal("nrefs:1", _ml.Rnn().EvaluateTranslation(data, "German").Bleu.Signature.Split('|')[0]);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_refused()
    {
        IDataView pair = _ml.Data.LoadFromEnumerable([new Pair()]);
        Assert.Contains("only the columns", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Rnn().EvaluateTranslation(pair)).Message);
        Assert.Contains("String", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Rnn().EvaluateTranslation(pair, "Number")).Message);
        Assert.Contains("in row 1", Assert.Throws<InvalidOperationException>(() => Evaluate(["a", "b"], [["a"], []])).Message);
        Assert.Contains("expected rows", Assert.Throws<ArgumentException>(() => Evaluate([], [])).Message);
        RnnTranslationEvaluationOptions unknown = new() { Tokenization = (RnnBleuTokenization)9 };
        Assert.Contains("Tokenization: expected", Assert.Throws<ArgumentException>(() => Evaluate(["a"], [["a"]], unknown)).Message);
    }

    private RnnTranslationMetrics Evaluate(string[] translations, string[][] references, RnnTranslationEvaluationOptions? options = null) =>
        _ml.Rnn().EvaluateTranslation(
            _ml.Data.LoadFromEnumerable(translations.Zip(references, (text, target) => new Row { Translation = text, Target = target })), options: options);

    private sealed class Row
    {
        public string Translation { get; set; } = "";

        public string[] Target { get; set; } = [];
    }

    private sealed class Pair
    {
        public string German { get; set; } = "";

        public string Translation { get; set; } = "";

        public float Number { get; set; }
    }
}
