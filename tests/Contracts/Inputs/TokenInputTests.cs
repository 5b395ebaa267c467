using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Input columns of tokens and of keys.</summary>
public class TokenInputTests : TopicMessages
{
    [Fact]
    public void Tokens_of_a_stock_tokenizer_are_read_unchanged()
    {
        IDataView data = Data(i => $"{Topics[i % 3]} again");
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.Text.TokenizeIntoWords("Tokens", "Text"))
            .Append(Trainer(Options with { InputColumnName = "Tokens" })).Fit(data);
        IDataView before = model.Transform(data), after = _ml.SaveAndLoad(model, data.Schema).Transform(data);
        Assert.Equal(1, Rows.Accuracy(before));
        Assert.Equal(Rows.Of(before, "Score"), Rows.Of(after, "Score"));
        // A column of plain text instead of tokens is refused.
        RnnTransformer rnn = ((IEnumerable<ITransformer>)model).OfType<RnnTransformer>().Single();
        IDataView texts = _ml.CopyColumn(data, "Tokens", "Text");
        AssertThrows.With<ArgumentOutOfRangeException>(() => rnn.Transform(texts), "expected Vector<String>, got String");
    }

    [Fact]
    public void Keys_are_read_as_their_values_in_any_order()
    {
        IDataView data = Tokenized("please help"), other = Tokenized("help locked double late please");
        ITransformer mapping = Mapping().Fit(data), otherMapping = Mapping().Fit(other);
        RnnTransformer model = Trainer(Options with { InputColumnName = "Keys" }).Fit(mapping.Transform(data));
        IDataView expected = model.Transform(mapping.Transform(data)), actual = model.Transform(otherMapping.Transform(data));
        Assert.NotEqual(Rows.Of(mapping.Transform(data), "Keys"), Rows.Of(otherMapping.Transform(data), "Keys"));
        Assert.Equal(Rows.Of(expected, "Score"), Rows.Of(actual, "Score"));
        Assert.Equal(1, Rows.Accuracy(expected));
    }

    [Fact]
    public void Keys_without_values_and_missing_keys_are_read()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("data.tsv"), Enumerable.Range(0, 30).Select(i => $"{i % 2}\t{i % 2 + 1}\t{(i % 5 == 0 ? "" : "3")}\t2"));
        IDataView data = _ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Columns =
            [
                new TextLoader.Column("Label", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount(2)),
                new TextLoader.Column("Keys", DataKind.Byte, [new TextLoader.Range(1, 3)], new KeyCount(10)),
            ],
        }).Load(folder.File("data.tsv"));
        RnnTransformer model = Trainer(Options with { InputColumnName = "Keys" }).Fit(data);
        Assert.Equal(1, Rows.Accuracy(model.Transform(data)));
    }

    private IEstimator<ITransformer> Mapping() =>
        _ml.Transforms.Conversion.MapValueToKey("Keys", "Tokens").Append(_ml.Transforms.Conversion.MapValueToKey("Label"));

    /// <summary>Rows of tokens; a long first row sets the order of the keys.</summary>
    private IDataView Tokenized(string first)
    {
        IDataView data = Data(i => i == 0 && first.Length > 12 ? first : $"{Topics[i % 3]} {first.Split(' ')[0]}");
        return _ml.Transforms.Text.TokenizeIntoWords("Tokens", "Text").Fit(data).Transform(data);
    }
}
