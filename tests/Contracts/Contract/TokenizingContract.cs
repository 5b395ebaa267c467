using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The contract of an estimator that learns nothing: TokenizeWithOffsets.</summary>
public class TokenizingContract : PlainContract
{
    public override Type Estimator => typeof(RnnTokenizingEstimator);

    protected override string[] Outputs => ["Tokens", "Tokens.Start", "Tokens.Length"];

    protected override string Role => "text";

    private RnnTokenizingEstimator Tokenizing => _ml.Transforms.Text.TokenizeWithOffsets("Tokens", "Text");

    protected override IEstimator<ITransformer> Create() => Tokenizing;

    // Half a surrogate pair is a token, but cannot be printed by another process.
    private protected override string[] Texts => ["I was in New York.", "", " don't 😀 co\u00ADop"];

    [Fact]
    public void The_columns_contain_the_tokens_and_their_places()
    {
        string[] rows = Rows.Of(Tokenizing.Fit(Data()).Transform(Data()), Outputs);
        Assert.Equal("I was in New York .\t0 2 6 9 13 17\t1 3 2 3 4 1", rows[0]);
        Assert.Equal("\t\t", rows[1]);
        Assert.Equal("don't 😀 coop\t1 7 10\t5 2 5", rows[2]);
        RnnTokenizingEstimator whitespace = _ml.Transforms.Text.TokenizeWithOffsets("Text", tokenization: RnnTokenization.Whitespace);
        IDataView cut = whitespace.Fit(Data("a-b c.")).Transform(Data("a-b c."));
        Assert.Equal("a-b c.\t0 4\t3 2", Rows.Of(cut, "Text", "Text.Start", "Text.Length")[0]);
        Assert.Equal([new RnnToken("I", 0, 1), new RnnToken("don't", 2, 5), new RnnToken(".", 7, 1)], RnnTokenizer.Tokenize("I don't."));
    }

    [Fact]
    public void C09_A_prediction_engine_returns_the_same_as_the_batched_transform()
    {
        RnnTokenizingTransformer transformer = Tokenizing.Fit(Data());
        using PredictionEngine<Line, Tokens> engine = _ml.Model.CreatePredictionEngine<Line, Tokens>(transformer);
        Assert.Equal(Rows.Of(transformer.Transform(Data()), Outputs), Texts.Select(text =>
        {
            Tokens tokens = engine.Predict(new Line { Text = text });
            return $"{string.Join(' ', tokens.Words)}\t{string.Join(' ', tokens.Starts)}\t{string.Join(' ', tokens.Lengths)}";
        }));
    }

    private sealed class Line
    {
        public string Text { get; set; } = "";
    }

    private sealed class Tokens
    {
        [ColumnName("Tokens")]
        public string[] Words { get; set; } = [];

        [ColumnName("Tokens.Start")]
        public int[] Starts { get; set; } = [];

        [ColumnName("Tokens.Length")]
        public int[] Lengths { get; set; } = [];
    }
}
