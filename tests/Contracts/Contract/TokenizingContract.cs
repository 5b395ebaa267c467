using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The contract of an estimator that learns nothing: TokenizeWithOffsets.</summary>
public class TokenizingContract
{
    private static readonly string[] Outputs = ["Tokens", "Tokens.Start", "Tokens.Length"];
    private static readonly string[] Texts = ["I was in New York.", "", " don't 😀 co\u00ADop"];
    private readonly MLContext _ml = new(1);

    public static Type Estimator => typeof(RnnTokenizingEstimator);

    private RnnTokenizingEstimator Tokenizing => _ml.Transforms.Text.TokenizeWithOffsets("Tokens", "Text");

    [Fact]
    public void The_columns_contain_the_tokens_and_their_places()
    {
        string[] rows = Rows.Of(Scored(), Outputs);
        Assert.Equal("I was in New York .\t0 2 6 9 13 17\t1 3 2 3 4 1", rows[0]);
        Assert.Equal("\t\t", rows[1]);
        Assert.Equal("don't 😀 coop\t1 7 10\t5 2 5", rows[2]);
        RnnTokenizingEstimator whitespace = _ml.Transforms.Text.TokenizeWithOffsets("Text", tokenization: RnnTokenization.Whitespace);
        IDataView cut = whitespace.Fit(Data("a-b c.")).Transform(Data("a-b c."));
        Assert.Equal("a-b c.\t0 4\t3 2", Rows.Of(cut, "Text", "Text.Start", "Text.Length")[0]);
        Assert.Equal([new RnnToken("I", 0, 1), new RnnToken("don't", 2, 5), new RnnToken(".", 7, 1)], RnnTokenizer.Tokenize("I don't."));
    }

    [Fact]
    public void C01_The_output_has_the_schema_that_GetOutputSchema_returns()
    {
        SchemaShape declared = Tokenizing.GetOutputSchema(TrainerContract.ShapeOf(Data("a").Schema));
        Assert.Equal(TrainerContract.Describe(TrainerContract.ShapeOf(Scored().Schema)), TrainerContract.Describe(declared));
        Assert.Equal(["Text", "Number", .. Outputs], Scored().Schema.Select(column => column.Name));
    }

    [Fact]
    public void C02_A_missing_or_mistyped_column_is_refused()
    {
        AssertRefused(_ml.DropColumn(Data("a"), "Text"), "only the columns 'Number'");
        AssertRefused(_ml.CopyColumn(Data("a"), "Text", "Number"), "Single");

        void AssertRefused(IDataView data, string got)
        {
            string[] named = ["text", "Text", "String", got];
            TrainerContract.AssertRefused(() => Tokenizing.GetOutputSchema(TrainerContract.ShapeOf(data.Schema)), named);
            TrainerContract.AssertRefused(() => Tokenizing.Fit(data), named);
            TrainerContract.AssertRefused(() => Tokenizing.Fit(Data("a")).Transform(data), named);
        }
    }

    [Fact]
    public void C05_Loads_in_the_same_process_in_a_fresh_process_and_on_the_oldest_ML_NET()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = (folder.File("model.zip"), folder.File("data.idv"));
        RnnTokenizingTransformer transformer = Tokenizing.Fit(Data());
        _ml.Model.Save(transformer, Data().Schema, model);
        using (FileStream stream = File.Create(data)) _ml.Data.SaveAsBinary(Data(), stream);
        string[] expected = Rows.Of(Scored(), Outputs);
        Assert.Equal(expected, Rows.Of(new MLContext().Model.Load(model, out _).Transform(Data()), Outputs));
        Assert.Equal(NotEmpty(expected), NotEmpty(Repository.PredictInFreshProcess(model, data, Outputs)));
        Assert.Equal(NotEmpty(expected), NotEmpty(Repository.PredictOnOldestMLNet(model, data, Outputs)));

        static IEnumerable<string> NotEmpty(string[] rows) => rows.Where(row => row.Length > 2);
    }

    [Fact]
    public void C08_The_row_mapper_depends_only_on_the_text()
    {
        IRowToRowMapper mapper = ((ITransformer)Tokenizing.Fit(Data())).GetRowToRowMapper(Data().Schema);
        Assert.Equal(["Text"], mapper.GetDependencies([mapper.OutputSchema["Tokens.Start"]]).Select(column => column.Name));
        Assert.Equal(["Number"], mapper.GetDependencies([mapper.OutputSchema["Number"]]).Select(column => column.Name));
    }

    [Fact]
    public void C09_A_prediction_engine_returns_the_same_as_the_batched_transform()
    {
        using PredictionEngine<Row, Tokens> engine = _ml.Model.CreatePredictionEngine<Row, Tokens>(Tokenizing.Fit(Data()));
        Assert.Equal(Rows.Of(Scored(), Outputs), Texts.Select(text =>
        {
            Tokens tokens = engine.Predict(new Row { Text = text });
            return $"{string.Join(' ', tokens.Words)}\t{string.Join(' ', tokens.Starts)}\t{string.Join(' ', tokens.Lengths)}";
        }));
    }

    [Fact]
    public void C12_Parallel_cursors_return_all_rows()
    {
        IDataView many = _ml.LoadRows(1000, i => new Row { Text = $"row {i}" });
        IDataView scored = Tokenizing.Fit(many).Transform(many);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(scored.Schema, 4);
        string[][] parts = [.. cursors.AsParallel().Select(cursor => Rows.Of(cursor, Outputs))];
        Assert.Equal(Rows.Of(scored, Outputs).Order(), parts.SelectMany(part => part).Order());
    }

    private IDataView Data(params string[] texts)
    {
        string[] rows = texts.Length == 0 ? Texts : texts;
        return _ml.LoadRows(rows.Length, i => new Row { Text = rows[i], Number = i });
    }

    private IDataView Scored() => Tokenizing.Fit(Data()).Transform(Data());

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Number { get; set; }
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
