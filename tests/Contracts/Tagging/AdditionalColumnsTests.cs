using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Additional input columns with a value for each step. Here, only these columns determine the tags.</summary>
public class AdditionalColumnsTests : TaggedSentences
{
    private static readonly RnnSequenceTaggingOptions Options = Tiny with
    {
        AdditionalColumns = [new RnnAdditionalColumnOptions { ColumnName = "Kind" }, new RnnAdditionalColumnOptions { ColumnName = "Size", FrameSize = 1 }],
        Training = Tiny.Training with { MaxEpochs = 20 },
    };

    private readonly AdditionalRow[] _rows;

    public AdditionalColumnsTests()
    {
        var random = new Random(3);
        _rows = [.. Enumerable.Range(0, 80).Select(_ => new AdditionalRow
        {
            Tokens = [.. Enumerable.Repeat("w", 6)],
            Kind = [.. Enumerable.Range(0, 6).Select(_ => random.Next(2) == 0 ? "a" : "b")],
            Size = [.. Enumerable.Range(0, 6).Select(_ => random.Next(2) == 0 ? 100f : 200)],
        })];
        foreach (AdditionalRow row in _rows) row.Label = [.. row.Kind.Zip(row.Size, (kind, size) => kind + size)];
    }

    [Fact]
    public void Columns_of_text_and_numbers_are_read() => AssertRead(rows => rows);

    [Fact]
    public void Columns_of_keys_and_numbers_are_read()
    {
        ITransformer keys = _ml.Transforms.Conversion.MapValueToKey("Kind").Fit(_ml.LoadRows(_rows));
        AssertRead(keys.Transform);
    }

    [Fact]
    public void A_training_row_with_another_number_of_values_is_refused()
    {
        _rows[3].Size = [1, 2];
        AssertThrows.With<InvalidOperationException>(() => Fit(Options, _ml.LoadRows(_rows)), "row 3 has 6 steps and 2 values in 'Size'");
    }

    private void AssertRead(Func<IDataView, IDataView> prepare)
    {
        IDataView data = prepare(_ml.LoadRows(_rows));
        RnnTransformer model = Fit(Options, data);
        Assert.Equal(1, _ml.MulticlassClassification.EvaluateSequenceTagging(model.Transform(data)).TokenAccuracy);
        // In scoring, the missing values of a short column are no error.
        IDataView shorter = prepare(_ml.LoadRows(new AdditionalRow { Tokens = ["w", "w", "w"], Kind = ["a"], Size = [] }));
        Assert.Equal(3, Tags(model.Transform(shorter))[0].Split(' ').Length);
    }

    private sealed class AdditionalRow
    {
        public string[] Tokens { get; set; } = [];

        public string[] Kind { get; set; } = [];

        public float[] Size { get; set; } = [];

        public string[] Label { get; set; } = [];
    }
}
