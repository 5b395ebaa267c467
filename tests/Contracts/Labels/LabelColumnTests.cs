using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>C16 for classes: unusual label columns are read or refused with a clear message.</summary>
public class LabelColumnTests : LabelCase
{
    [Fact]
    public void Rows_with_a_missing_label_are_skipped_and_the_log_counts_them()
    {
        using var folder = new TemporaryFolder();
        string[] kinds = ["\tlate parcel", "0\tlate parcel", "1\twrong bill"];
        File.WriteAllLines(folder.File("data.tsv"), Enumerable.Range(0, 30).Select(i => kinds[i % 3]));
        IDataView data = Keyed(folder.File("data.tsv"), DataKind.UInt32, 4);
        List<string> log = _ml.RecordLog();
        RnnTransformer model = Trainer().Fit(data);
        Assert.Contains(log, line => line.Contains("skipped 10 rows with a missing label"));
        // The label has four key values, of which only two occur, and no names.
        IDataView scored = model.Transform(data);
        Assert.All(Rows.Scores(scored, "Score"), row => Assert.Equal(4, row.Length));
        Assert.False(scored.Schema["Score"].HasSlotNames());
        Assert.False(scored.Schema["PredictedLabel"].HasKeyValues());
        Assert.Equal(1, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
    }

    [Theory]
    [InlineData(DataKind.Byte)]
    [InlineData(DataKind.UInt16)]
    [InlineData(DataKind.UInt32)]
    [InlineData(DataKind.UInt64)]
    public void Keys_of_every_width_are_read(DataKind kind)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("data.tsv"), Enumerable.Range(0, 20).Select(i => $"{i % 2}\t{(i % 2 == 0 ? "late parcel" : "wrong bill")}"));
        IDataView data = Keyed(folder.File("data.tsv"), kind, 2);
        Assert.Equal(1, Rows.Accuracy(Trainer().Fit(data).Transform(data)));
    }

    [Fact]
    public void One_class_is_refused_with_the_reason()
    {
        IDataView data = _ml.MapToKeys(Data(["only"]));
        AssertThrows.With<ArgumentOutOfRangeException>(() => Trainer().Fit(data),
            "at least two values", "got one of 1. Check that the training data has rows and more than one class");
    }

    [Fact]
    public void A_model_that_learned_nothing_causes_a_warning()
    {
        // All texts are the same, so nothing can be learned from them.
        IDataView data = _ml.MapToKeys(_ml.LoadRows(24, i => new LabeledText { Label = i % 2 == 0 ? "late" : "double", Text = "the same" }));
        List<string> log = _ml.RecordLog();
        RnnTextClassificationOptions options = RnnTextClassificationContract.Tiny;
        options = options with { Training = options.Training with { ValidationFraction = 0.5 } };
        _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(data);
        Assert.Contains(log, line => line.Contains("no better than predicting the most frequent label"));
        Assert.Contains(log, line => line.Contains("training on 12 rows, selecting the best epoch on 12"));
    }

    private IDataView Keyed(string file, DataKind kind, ulong count) => _ml.Data.CreateTextLoader(new TextLoader.Options
    {
        Columns =
        [
            new TextLoader.Column("Label", kind, [new TextLoader.Range(0)], new KeyCount(count)), new TextLoader.Column("Text", DataKind.String, 1),
        ],
    }).Load(file);
}
