using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>The rows that an evaluation of captions reads.</summary>
public class CaptioningRowsTests
{
    private readonly MLContext _ml = new(1);

    /// <summary>The references of an image are in one row or in several ones, which may be apart.</summary>
    [Fact]
    public void Rows_of_an_image_are_joined()
    {
        string expected = CaptionRow.Evaluate(
            ("a dog runs fast", ["a dog runs", "the dog is fast", "a fast dog"]), ("a red bus stops", ["a bus stops", "one red bus"])).ToString();
        Assert.Equal(expected, EvaluateIds(1, 2));
        Assert.Equal(expected, EvaluateIds(1u, 2u));
        Assert.Equal(expected, EvaluateIds(1L << 40, (1L << 40) + 1));
        Assert.Equal(expected, EvaluateIds(ulong.MaxValue, 0UL));
        Assert.Equal(expected, EvaluateIds((sbyte)-1, (sbyte)0));
        Assert.Equal(expected, EvaluateIds((byte)7, (byte)0));
        Assert.Equal(expected, EvaluateIds((short)-7, (short)0));
        Assert.Equal(expected, EvaluateIds((ushort)7, (ushort)0));
        Assert.Equal(expected, EvaluateIds(1.5f, 2f));
        Assert.Equal(expected, EvaluateIds(0.1, 0.2));
        Assert.Equal(expected, EvaluateIds("1.jpg", "2.jpg"));
    }

    [Fact]
    public void Rows_without_an_image_ID_column_are_images_of_their_own()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Rows(1, 2));
        RnnCaptioningMetrics metrics = _ml.Rnn().EvaluateCaptioning(data, "Reference");
        Assert.Equal(5, metrics.Captions);
    }

    [Fact]
    public void Vectors_of_references_are_joined_too()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
        [
            new VectorRow { Image = "1", Caption = "a dog", References = ["a dog", "one dog"] },
            new VectorRow { Image = "2", Caption = "a cat", References = [] },
            new VectorRow { Image = "1", Caption = "a dog", References = ["the dog"] },
            new VectorRow { Image = "2", Caption = "a cat", References = ["", "the cat"] },
        ]);
        Assert.Equal(
            CaptionRow.Evaluate(("a dog", ["the dog", "a dog", "one dog"]), ("a cat", ["the cat"])).ToString(),
            _ml.Rnn().EvaluateCaptioning(data, imageIdColumnName: "Image").ToString());
    }

    /// <summary>Files with a fixed number of columns have empty texts for images with fewer references.</summary>
    [Fact]
    public void References_without_words_are_left_out() => Assert.Equal(
        CaptionRow.Evaluate(("a dog", ["a small dog"]), ("a cat", ["cat"])).ToString(),
        CaptionRow.Evaluate(("a dog", ["", "a small dog", " ."]), ("a cat", ["cat", ""])).ToString());

    [Fact]
    public void Tokenized_texts_are_compared_as_they_are()
    {
        RnnCaptioningEvaluationOptions options = new() { Tokenization = RnnCaptionTokenization.None };
        Assert.Equal(1, CaptionRow.Evaluate(("A dog .", ["a Dog"])).Bleu1, 9);
        Assert.Equal(0, CaptionRow.Evaluate([("A dog .", ["a Dog"])], options).Bleu1);
        Assert.Equal(3, CaptionRow.Evaluate([("A dog .", ["A dog ."])], options).DistinctWords);
    }

    [Fact]
    public void New_captions_do_not_occur_in_the_training_data()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
        [
            new CaptionRow { Caption = "A dog runs!", References = ["a dog"] },
            new CaptionRow { Caption = "a dog sits", References = ["a dog"] },
            new CaptionRow { Caption = "a dog", References = ["a dog"] },
            new CaptionRow { Caption = "", References = ["a dog"] },
        ]);
        IDataView training = _ml.Data.LoadFromEnumerable([new CaptionRow { References = ["a dog runs", "a dog sits down"], Caption = "a dog" }]);
        Assert.Equal(0.5, _ml.Rnn().EvaluateCaptioning(data, trainingData: training).NewCaptions);
        RnnCaptioningMetrics other = _ml.Rnn().EvaluateCaptioning(data, trainingData: training, trainingCaptionColumnName: "Caption");
        Assert.Equal(0.5, other.NewCaptions);
        Assert.Contains("new captions 0.5000", other.ToString());
        IDataView none = _ml.Data.FilterRowsByColumn(_ml.Data.LoadFromEnumerable([new FloatRow()]), "Number", 1, 2);
        Assert.Equal(0.75, _ml.Rnn().EvaluateCaptioning(data, trainingData: none, trainingCaptionColumnName: "Text").NewCaptions);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_refused()
    {
        RnnOperationsCatalog rnn = _ml.Rnn();
        IDataView data = _ml.Data.LoadFromEnumerable(Rows(1, 2));
        foreach (Action missing in new Action[]
        {
            () => rnn.EvaluateCaptioning(data, "None"),
            () => rnn.EvaluateCaptioning(data, "Reference", "None"),
            () => rnn.EvaluateCaptioning(data, "Reference", imageIdColumnName: "None"),
            () => rnn.EvaluateCaptioning(data, "Reference", trainingData: data, trainingCaptionColumnName: "None"),
        })
            Assert.Contains("column 'None'", Assert.Throws<ArgumentOutOfRangeException>(missing).Message);
        Assert.Contains("expected String or Vector<String>, got Int32", Assert.Throws<ArgumentOutOfRangeException>(
            () => rnn.EvaluateCaptioning(data, "Image")).Message);
        IDataView vectors = _ml.Data.LoadFromEnumerable([new CaptionRow()]);
        Assert.Contains("image ID column 'References': expected String or a number, got Vector<String", Assert.Throws<ArgumentOutOfRangeException>(
            () => rnn.EvaluateCaptioning(vectors, imageIdColumnName: "References")).Message);
        Assert.Contains("caption column 'References': expected String, got", Assert.Throws<ArgumentOutOfRangeException>(
            () => rnn.EvaluateCaptioning(vectors, captionColumnName: "References")).Message);
        Assert.Contains("expected training data with a column 'Text', got no training data", Assert.Throws<ArgumentException>(
            () => rnn.EvaluateCaptioning(data, "Reference", trainingCaptionColumnName: "Text")).Message);
        Assert.Contains("expected rows, got none", Assert.Throws<ArgumentException>(() => CaptionRow.Evaluate()).Message);
        RnnCaptioningEvaluationOptions unknown = new() { Tokenization = (RnnCaptionTokenization)9 };
        Assert.Contains("Tokenization: expected Coco or None, got 9", Assert.Throws<ArgumentException>(
            () => CaptionRow.Evaluate([("a", ["a"])], unknown)).Message);
    }

    [Fact]
    public void Rows_that_contradict_each_other_or_lack_something_are_refused()
    {
        IdRow<int>[] rows = Rows(1, 2);
        rows[3].Caption = "another";
        Assert.Equal(
            "Evaluation: expected the same caption in all rows of image '1', got 'another' in row 3 and 'a dog runs fast' in row 0. "
            + "Repeat the caption of an image in all its rows.",
            Assert.Throws<InvalidOperationException>(() => EvaluateRows(rows)).Message);
        rows = Rows(1, 2);
        rows[1].Reference = rows[4].Reference = " ! ";
        Assert.Equal(
            "Evaluation: expected at least one reference with words in column 'Reference', got none for the image of row 1. "
            + "Fill it in, or leave the image out.",
            Assert.Throws<InvalidOperationException>(() => EvaluateRows(rows)).Message);
        Assert.Contains("for the image of row 1", Assert.Throws<InvalidOperationException>(() => CaptionRow.Evaluate(("a", ["a"]), ("b", []))).Message);
        Assert.Contains(
            "expected an image ID in column 'Image', got a missing value in row 1",
            Assert.Throws<InvalidOperationException>(() => EvaluateIds(1f, float.NaN)).Message);
        Assert.Contains("in row 1", Assert.Throws<InvalidOperationException>(() => EvaluateIds(1.0, double.NaN)).Message);
        Assert.Contains("in row 1", Assert.Throws<InvalidOperationException>(() => EvaluateIds("1", "")).Message);
    }

    private string EvaluateIds<T>(T first, T second)
        where T : notnull => EvaluateRows(Rows(first, second));

    private string EvaluateRows<T>(IdRow<T>[] rows) =>
        _ml.Rnn().EvaluateCaptioning(_ml.Data.LoadFromEnumerable(rows), "Reference", imageIdColumnName: "Image").ToString();

    private static IdRow<T>[] Rows<T>(T first, T second) =>
    [
        new() { Image = first, Caption = "a dog runs fast", Reference = "a dog runs" },
        new() { Image = second, Caption = "a red bus stops", Reference = "a bus stops" },
        new() { Image = first, Caption = "a dog runs fast", Reference = "the dog is fast" },
        new() { Image = first, Caption = "a dog runs fast", Reference = "a fast dog" },
        new() { Image = second, Caption = "a red bus stops", Reference = "one red bus" },
    ];

    private sealed class IdRow<T>
    {
        public T Image { get; set; } = default!;

        public string Caption { get; set; } = "";

        public string Reference { get; set; } = "";
    }

    private sealed class VectorRow
    {
        public string Image { get; set; } = "";

        public string Caption { get; set; } = "";

        public string[] References { get; set; } = [];
    }

    private sealed class FloatRow
    {
        public float Number { get; set; }

        public string Text { get; set; } = "";
    }
}
