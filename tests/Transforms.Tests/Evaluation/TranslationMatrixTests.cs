using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>The evaluation of translations between several languages, with the toy languages of <see cref="ToyLanguages"/>.</summary>
public class TranslationMatrixTests
{
    private const int Sentences = 10;

    private readonly MLContext _ml = new(1);

    [Fact]
    public void Each_pair_has_the_metrics_of_its_rows()
    {
        List<Row> rows = Rows();
        rows[0].Translation = rows[1].Translation;
        RnnTranslationMatrix matrix = Evaluate(rows);
        Assert.Equal(ToyLanguages.Names, matrix.SourceLanguages);
        Assert.Equal(ToyLanguages.Names, matrix.TargetLanguages);
        Assert.Equal(
            ["ba so", "ba xi", "so ba", "so xi", "xi ba", "xi so"], matrix.Pairs.Select(pair => $"{pair.SourceLanguage} {pair.TargetLanguage}"));
        Assert.Equal(100, matrix["so", "xi"]!.Metrics.Bleu.Score, 9);
        Assert.Null(matrix["so", "so"]);
        Row[] pair = [.. rows.Where(row => (row.SourceLanguage, row.TargetLanguage) == ("ba", "so"))];
        RnnTranslationMetrics alone = _ml.Rnn().EvaluateTranslation(_ml.Data.LoadFromEnumerable(pair));
        Assert.Equal(alone.ToString(), matrix["ba", "so"]!.Metrics.ToString());
        Assert.Equal((alone.Bleu.Score + 500) / 6, matrix.MeanBleu, 9);
        Assert.Equal((alone.ChrF + 500) / 6, matrix.MeanChrF, 9);
        Assert.All(matrix.Pairs, entry => Assert.Null(entry.Pivot));
        Assert.All(matrix.Pairs, entry => Assert.True(double.IsNaN(entry.PivotRatio)));
    }

    [Fact]
    public void Translations_in_a_wrong_language_are_counted()
    {
        List<Row> rows = Rows();
        Row[] pair = [.. rows.Where(row => (row.SourceLanguage, row.TargetLanguage) == ("xi", "ba"))];
        for (int i = 0; i < 3; i++) pair[i].Translation = ToyLanguages.Sentence("so", 100 + i);
        pair[3].Translation = pair[3].Source;
        pair[4].Translation = "";
        pair[5].Translation = "1990 .";
        RnnTranslationMatrix matrix = Evaluate(rows);
        RnnLanguagePairMetrics metrics = matrix["xi", "ba"]!;
        Assert.Equal(["ba 4", "so 3", "xi 1"], metrics.OutputLanguages.Select(language => $"{language.Key} {language.Value}"));
        Assert.Equal(0.5, metrics.OffTargetRate, 9);
        Assert.Equal(0, matrix["ba", "xi"]!.OffTargetRate);
        Assert.Equal(0.5 / 6, matrix.MeanOffTargetRate, 9);
        // Each sentence occurs in several rows, and counts once.
        Assert.Equal((3 * Sentences, 1.0), (matrix.Identification!.Texts, matrix.Identification.Accuracy));
    }

    /// <summary>Copied sources are in a language that is not a target language: it is learned from the sources.</summary>
    [Theory]
    [InlineData("Source", "xi")]
    [InlineData(null, "so")]
    public void Sources_are_learned_if_there_are_any(string? sourceColumn, string expected)
    {
        Row[] rows = [.. Rows().Where(row => row.SourceLanguage == "xi")];
        foreach (Row row in rows.Where(row => row.TargetLanguage == "ba")) row.Translation = "xibi zikiko";
        RnnTranslationMatrix matrix = _ml.Rnn().EvaluateTranslationByLanguage(_ml.Data.LoadFromEnumerable(rows), sourceColumnName: sourceColumn);
        Assert.Equal([expected], matrix["xi", "ba"]!.OutputLanguages.Keys);
        Assert.Equal(1, matrix["xi", "ba"]!.OffTargetRate);
    }

    [Fact]
    public void A_single_target_language_has_no_off_target_rate()
    {
        RnnTranslationMatrix matrix = Evaluate(Rows().Where(row => row.TargetLanguage == "ba"));
        Assert.Null(matrix.Identification);
        Assert.True(double.IsNaN(matrix.MeanOffTargetRate));
        Assert.All(matrix.Pairs, pair => Assert.True(double.IsNaN(pair.OffTargetRate)));
        Assert.All(matrix.Pairs, pair => Assert.Empty(pair.OutputLanguages));
        Assert.DoesNotContain("off-target", matrix.ToString());
    }

    [Fact]
    public void References_without_letters_have_no_language()
    {
        Row[] rows = [.. Rows(), new Row { SourceLanguage = "ba", TargetLanguage = "numbers", Target = "1 2", Translation = "baka" }];
        RnnTranslationMatrix matrix = Evaluate(rows);
        Assert.True(double.IsNaN(matrix["ba", "numbers"]!.OffTargetRate));
        Assert.Equal(0, matrix.MeanOffTargetRate);
    }

    [Fact]
    public void Pivot_translations_are_compared_with_the_same_references()
    {
        List<Row> rows = Rows();
        Row[] pair = [.. rows.Where(row => (row.SourceLanguage, row.TargetLanguage) == ("ba", "so"))];
        foreach (Row row in pair) row.Pivot = row.Target;
        pair[0].Translation = pair[1].Translation;
        RnnLanguagePairMetrics metrics = Evaluate(rows, pivot: "Pivot")["ba", "so"]!;
        Assert.Equal(100, metrics.Pivot!.Bleu.Score, 9);
        Assert.Equal(Sentences, metrics.Pivot.Rows);
        Assert.Equal(metrics.Metrics.Bleu.Score / 100, metrics.PivotRatio, 9);
        // The texts of the other pairs are empty.
        Assert.Null(Evaluate(rows, pivot: "Pivot")["so", "ba"]!.Pivot);
        pair[2].Pivot = "";
        Assert.InRange(Evaluate(rows, pivot: "Pivot")["ba", "so"]!.Pivot!.Bleu.Score, 1, 99);
        foreach (Row row in pair) row.Pivot = "?";
        Assert.True(double.IsNaN(Evaluate(rows, pivot: "Pivot")["ba", "so"]!.PivotRatio));
    }

    [Fact]
    public void Without_source_languages_each_target_language_has_an_entry()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());
        RnnTranslationMatrix matrix = _ml.Rnn().EvaluateTranslationByLanguage(data, sourceLanguageColumnName: null, sourceColumnName: "None");
        Assert.Equal([""], matrix.SourceLanguages);
        Assert.Equal(2 * Sentences, matrix["", "xi"]!.Metrics.Rows);
        Assert.Contains("- -> xi", matrix.ToString());
    }

    [Fact]
    public void The_matrix_is_readable_in_every_culture()
    {
        List<Row> rows = [.. Rows().Where(row => row.SourceLanguage != "xi")];
        foreach (Row row in rows.Where(row => (row.SourceLanguage, row.TargetLanguage) == ("ba", "so")))
            (row.Translation, row.Pivot) = (row.Source, row.Target);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            RnnTranslationMatrix matrix = Evaluate(rows, pivot: "Pivot");
            string text = matrix.ToString();
            Assert.Equal(
                """
                BLEU, source \ target      ba    so      xi
                ba                          -  1.48  100.00
                so                     100.00     -  100.00

                pair      rows    BLEU   chrF2  pivot BLEU  BLEU / pivot  off-target
                ba -> so    10    1.48    4.00      100.00        0.0148      1.0000
                ba -> xi    10  100.00  100.00           -             -      0.0000
                so -> ba    10  100.00  100.00           -             -      0.0000
                so -> xi    10  100.00  100.00           -             -      0.0000

                mean: BLEU 75.37, chrF2 76.00, off-target 0.2500
                """.ReplaceLineEndings("\n"),
                string.Join('\n', text.Split('\n').Take(11)));
            Assert.StartsWith("nrefs:1|", text.Split('\n')[11]);
            Assert.Equal("language identification: accuracy 1.0000 on 30 held-out texts (ba 1.0000, so 1.0000, xi 1.0000)", text.Split('\n')[12]);
            Assert.Equal("so -> xi: BLEU 100.00, chrF2 100.00, off-target 0.0000, 10 rows", matrix["so", "xi"]!.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_cannot_be_evaluated_is_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());
        RnnOperationsCatalog rnn = _ml.Rnn();
        Assert.Contains("expected rows", Assert.Throws<ArgumentException>(() => Evaluate([])).Message);
        foreach (Action missing in new Action[]
        {
            () => rnn.EvaluateTranslationByLanguage(data, referenceColumnName: "None"),
            () => rnn.EvaluateTranslationByLanguage(data, translationColumnName: "None"),
            () => rnn.EvaluateTranslationByLanguage(data, sourceLanguageColumnName: "None"),
            () => rnn.EvaluateTranslationByLanguage(data, targetLanguageColumnName: "None"),
            () => rnn.EvaluateTranslationByLanguage(data, sourceColumnName: "None"),
            () => rnn.EvaluateTranslationByLanguage(data, pivotColumnName: "None"),
        })
            Assert.Contains("column 'None'", Assert.Throws<ArgumentOutOfRangeException>(missing).Message);
        Assert.Contains("expected String", Assert.Throws<ArgumentOutOfRangeException>(
            () => rnn.EvaluateTranslationByLanguage(data, targetLanguageColumnName: "Number")).Message);
        Assert.Contains("expected a target language in column 'TargetLanguage', got an empty text in row 1", Assert.Throws<InvalidOperationException>(
            () => Evaluate([Rows()[0], new Row { SourceLanguage = "ba", Target = "x" }])).Message);
        Assert.Contains("source language", Assert.Throws<InvalidOperationException>(() => Evaluate([new Row { TargetLanguage = "ba" }])).Message);
        RnnTranslationEvaluationOptions unknown = new() { Smoothing = (RnnBleuSmoothing)9 };
        Assert.Contains(
            "Smoothing: expected", Assert.Throws<ArgumentException>(() => rnn.EvaluateTranslationByLanguage(data, options: unknown)).Message);
    }

    private RnnTranslationMatrix Evaluate(IEnumerable<Row> rows, string? pivot = null) =>
        _ml.Rnn().EvaluateTranslationByLanguage(_ml.Data.LoadFromEnumerable(rows), pivotColumnName: pivot);

    /// <summary>Returns perfect translations between all languages.</summary>
    private static List<Row> Rows() =>
    [
        .. from source in ToyLanguages.Names
           from target in ToyLanguages.Names
           where source != target
           from i in Enumerable.Range(0, Sentences)
           let text = ToyLanguages.Sentence(target, i)
           select new Row { Source = ToyLanguages.Sentence(source, i), SourceLanguage = source, TargetLanguage = target, Target = text, Translation = text },
    ];

    private sealed class Row
    {
        public string Source { get; set; } = "";

        public string SourceLanguage { get; set; } = "";

        public string TargetLanguage { get; set; } = "";

        public string Target { get; set; } = "";

        public string Translation { get; set; } = "";

        public string Pivot { get; set; } = "";

        public float Number { get; set; }
    }
}
