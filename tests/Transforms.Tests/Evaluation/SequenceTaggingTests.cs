using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Transforms.Tests.Corpora;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>Tests of the metrics of tokens and sentences.</summary>
public sealed class SequenceTaggingTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tokens_and_sentences_are_counted()
    {
        RnnSequenceTaggingMetrics metrics = Evaluate(["N V N", "D N", "V"], ["N N N", "D N", "V"]);
        Assert.Equal((6L, 3L, 0L, 0L), (metrics.Tokens, metrics.Sentences, metrics.MismatchedSentences, metrics.UnknownTokens));
        Assert.Equal(5.0 / 6, metrics.TokenAccuracy, 12);
        Assert.Equal(2.0 / 3, metrics.SentenceAccuracy, 12);
        Assert.Equal(double.NaN, metrics.UnknownTokenAccuracy);
    }

    [Fact]
    public void Every_tag_has_precision_recall_and_F1()
    {
        RnnSequenceTaggingMetrics metrics = Evaluate(["N V N", "D N", "V"], ["N N N", "X N", "V"]);
        Assert.Equal(["D", "N", "V", "X"], metrics.PerTag.Keys);
        RnnTagMetrics noun = metrics.PerTag["N"], verb = metrics.PerTag["V"];
        Assert.Equal((3L, 4L, 3L), (noun.Support, noun.Predicted, noun.Correct));
        Assert.Equal((0.75, 1.0), (noun.Precision, noun.Recall));
        Assert.Equal(6.0 / 7, noun.F1, 12);
        Assert.Equal((1.0, 0.5), (verb.Precision, verb.Recall));
        Assert.Equal(
            (0.0, 0.0, 0.0, 1L, 0L),
            (metrics.PerTag["D"].Precision, metrics.PerTag["D"].Recall, metrics.PerTag["D"].F1, metrics.PerTag["D"].Support, metrics.PerTag["D"].Predicted));
        Assert.Equal((0.0, 0L, 1L), (metrics.PerTag["X"].F1, metrics.PerTag["X"].Support, metrics.PerTag["X"].Predicted));
        Assert.Equal((6.0 / 7 + 2.0 / 3) / 4, metrics.MacroF1, 12);
        Assert.Equal("precision 0.7500, recall 1.0000, F1 0.8571, support 3", noun.ToString());
    }

    [Fact]
    public void Confusions_are_counted_and_the_most_frequent_come_first()
    {
        RnnTagConfusionMatrix matrix = Evaluate(["a a a b b c"], ["b b a a b a"]).ConfusionMatrix;
        Assert.Equal(["a", "b", "c"], matrix.Tags);
        Assert.Equal((1L, 2L, 0L), (matrix["a", "a"], matrix["a", "b"], matrix["a", "c"]));
        Assert.Equal((1L, 1L, 1L, 0L), (matrix["b", "a"], matrix["b", "b"], matrix["c", "a"], matrix["x", "y"]));
        Assert.Equal([new("a", "b", 2), new("b", "a", 1), new("c", "a", 1)], matrix.Confusions);
        Assert.Equal("true \\ predicted  a  b  c\na                 1  2  0\nb                 1  1  0\nc                 1  0  0\n", matrix.ToString());
    }

    [Fact]
    public void Only_the_most_frequent_tags_are_shown()
    {
        string tags = string.Join(' ', Enumerable.Range(0, 20).SelectMany(tag => Enumerable.Repeat($"T{tag:00}", tag + 1)));
        string[] lines = Evaluate([tags], [tags]).ConfusionMatrix.ToString().Split('\n');
        Assert.Equal("true \\ predicted  T19  T18  T17  T16  T15  T14  T13  T12  T11  T10  T09  T08", lines[0]);
        Assert.Equal("T08                 0    0    0    0    0    0    0    0    0    0    0    9", lines[12]);
        Assert.Equal("the 12 most frequent of 20 tags", lines[13]);
    }

    [Fact]
    public void Keys_are_compared_by_their_names()
    {
        IDataView texts = Data(["N V", "V"], ["N N", "V"]);
        IDataView keys = _folder.Keyed(_folder.Keyed(texts, "K", "Label", "N", "V"), "P", "PredictedLabel", "Z", "V", "N");
        foreach ((string label, string predicted) in new[] { ("K", "P"), ("Label", "P"), ("K", "PredictedLabel") })
        {
            RnnSequenceTaggingMetrics metrics = _folder.ML.MulticlassClassification.EvaluateSequenceTagging(keys, label, predicted);
            Assert.Equal(2.0 / 3, metrics.TokenAccuracy, 12);
            Assert.Equal(["N", "V"], metrics.PerTag.Keys);
        }
    }

    [Fact]
    public void Keys_with_values_of_another_type_are_compared_as_text()
    {
        IDataView data = _folder.ML.Data.LoadFromEnumerable([new Numbers { Label = [10, 2], PredictedLabel = ["10", "3"] }]);
        IDataView keyed = _folder.ML.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RnnSequenceTaggingMetrics metrics = _folder.ML.MulticlassClassification.EvaluateSequenceTagging(keyed);
        Assert.Equal(0.5, metrics.TokenAccuracy);
        Assert.Equal(["10", "2", "3"], metrics.PerTag.Keys);
    }

    [Fact]
    public void Tokens_without_a_label_are_left_out_of_every_count()
    {
        RnnSequenceTaggingMetrics metrics = Evaluate(["N - V", "- -", ""], ["N X N", "X X", ""]);
        Assert.Equal((2L, 1L), (metrics.Tokens, metrics.Sentences));
        Assert.Equal((0.5, 0.0), (metrics.TokenAccuracy, metrics.SentenceAccuracy));
        Assert.Equal(["N", "V"], metrics.PerTag.Keys);
        IDataView keyed = _folder.Keyed(Data(["N V"], ["N N"]), "Label", "Label", "N");
        Assert.Equal(
            (1L, 1.0),
            (_folder.ML.MulticlassClassification.EvaluateSequenceTagging(keyed).Tokens,
                _folder.ML.MulticlassClassification.EvaluateSequenceTagging(keyed).TokenAccuracy));
    }

    [Fact]
    public void A_missing_prediction_counts_as_wrong()
    {
        RnnSequenceTaggingMetrics metrics = Evaluate(["N V", "V"], ["N -", "V"]);
        Assert.Equal(2.0 / 3, metrics.TokenAccuracy, 12);
        Assert.Equal(0.5, metrics.SentenceAccuracy);
        Assert.Equal(["N", "V"], metrics.PerTag.Keys);
        Assert.Equal((2L, 1L), (metrics.PerTag["V"].Support, metrics.PerTag["V"].Predicted));
        Assert.Equal(["", "N", "V"], metrics.ConfusionMatrix.Tags);
        Assert.Equal([new("V", "", 1)], metrics.ConfusionMatrix.Confusions);
    }

    [Fact]
    public void Rows_of_different_lengths_are_left_out_and_reported()
    {
        RnnSequenceTaggingMetrics metrics = Evaluate(["N V", "X Y Z", "N"], ["N V", "X Y", ""]);
        Assert.Equal((2L, 1L, 2L), (metrics.Tokens, metrics.Sentences, metrics.MismatchedSentences));
        Assert.Equal((1.0, 1.0), (metrics.TokenAccuracy, metrics.SentenceAccuracy));
        Assert.Equal(["N", "V"], metrics.PerTag.Keys);
        Assert.Contains("left out: 2 sentences whose labels and predictions differ in number\n", metrics.ToString());
    }

    [Fact]
    public void Unknown_tokens_do_not_occur_in_the_training_data()
    {
        IDataView data = _folder.Data(("Label", Rows("N V N -", "N")), ("PredictedLabel", Rows("N N N N", "V")), ("Token", Rows("the Dog runs new", "dog")));
        IDataView training = _folder.Data(("Token", Rows("the dog", "dog")));
        RnnSequenceTaggingMetrics metrics = _folder.ML.MulticlassClassification.EvaluateSequenceTagging(data, tokenColumnName: "Token", trainingData: training);
        Assert.Equal((2L, 0.5), (metrics.UnknownTokens, metrics.UnknownTokenAccuracy));       // "Dog" is wrong, "runs" is correct, "new" has no label
        Assert.Contains("unknown tokens    0.5000 of 2 tokens\n", metrics.ToString());
        RnnSequenceTaggingMetrics allKnown = _folder.ML.MulticlassClassification.EvaluateSequenceTagging(data, tokenColumnName: "Token", trainingData: data);
        Assert.Equal((0L, double.NaN), (allKnown.UnknownTokens, allKnown.UnknownTokenAccuracy));
    }

    [Fact]
    public void A_row_with_another_number_of_tokens_is_left_out()
    {
        IDataView data = _folder.Data(("Label", Rows("N V", "N")), ("PredictedLabel", Rows("N V", "N")), ("Token", Rows("a", "b")));
        RnnSequenceTaggingMetrics metrics = _folder.ML.MulticlassClassification.EvaluateSequenceTagging(data, tokenColumnName: "Token", trainingData: data);
        Assert.Equal((1L, 1L), (metrics.Tokens, metrics.MismatchedSentences));
    }

    [Fact]
    public void Without_rows_the_ratios_are_NaN()
    {
        RnnSequenceTaggingMetrics metrics = Evaluate([""], [""]);
        Assert.Equal((0L, 0L), (metrics.Tokens, metrics.Sentences));
        Assert.All([metrics.TokenAccuracy, metrics.SentenceAccuracy, metrics.MacroF1, metrics.SpanF1], value => Assert.Equal(double.NaN, value));
        Assert.StartsWith("token accuracy    NaN of 0 tokens\n", metrics.ToString());
    }

    [Fact]
    public void The_data_is_read_in_one_pass()
    {
        int rows = 0;
        IDataView data = _folder.ML.Data.LoadFromEnumerable(Counted());
        Assert.Equal(1.0, _folder.ML.MulticlassClassification.EvaluateSequenceTagging(data, "Gold").TokenAccuracy);
        Assert.Equal(100, rows);

        IEnumerable<Texts> Counted()
        {
            for (int i = 0; i < 100; i++)
            {
                rows++;
                yield return new Texts { Gold = ["x"], PredictedLabel = ["x"] };
            }
        }
    }

    [Fact]
    public void The_text_does_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(
                """
                token accuracy    0.6000 of 5 tokens
                sentence accuracy 0.5000 of 2 sentences
                macro F1 of tags  0.5833
                F1 of spans       0.4000, precision 0.3333, recall 0.5000

                span  precision  recall      F1  support
                LOC      1.0000  1.0000  1.0000        1
                PER      0.0000  0.0000  0.0000        1

                tag    precision  recall      F1  support
                B-LOC     1.0000  1.0000  1.0000        1
                B-PER     0.5000  1.0000  0.6667        1
                I-PER     0.0000  0.0000  0.0000        1
                O         1.0000  0.5000  0.6667        2

                true tag  predicted  tokens
                I-PER             -       1
                O             B-PER       1

                """, Evaluate(["B-PER I-PER O", "B-LOC O"], ["B-PER - B-PER", "B-LOC O"]).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private RnnSequenceTaggingMetrics Evaluate(string[] labels, string[] predictions) =>
        _folder.ML.MulticlassClassification.EvaluateSequenceTagging(Data(labels, predictions));

    private IDataView Data(string[] labels, string[] predictions) => _folder.Data(("Label", Rows(labels)), ("PredictedLabel", Rows(predictions)));

    /// <summary>Tags that are separated by blanks; a dash is a missing tag.</summary>
    private static string[][] Rows(params string[] rows) =>
        [.. rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(tag => tag == "-" ? "" : tag).ToArray())];

    private sealed class Numbers
    {
        public int[] Label = [];
        public string[] PredictedLabel = [];
    }

    private sealed class Texts
    {
        public string[] Gold = [], PredictedLabel = [];
    }
}
