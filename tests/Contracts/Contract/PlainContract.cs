using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The contract of an estimator without a network of its own, whose input is a column of texts.</summary>
public abstract class PlainContract
{
    private protected readonly MLContext _ml = new(1);

    /// <summary>The texts of the rows.</summary>
    private protected virtual string[] Texts => ["anna", "", "hannah", "😀 co\u00ADop", "\uD83D", "jo", "anna"];

    public abstract Type Estimator { get; }

    /// <summary>The columns that the model adds.</summary>
    protected abstract string[] Outputs { get; }

    /// <summary>The role of the column of texts in messages.</summary>
    protected abstract string Role { get; }

    private string GoldenName => Estimator.Name;

    /// <summary>Creates the estimator for the column "Text".</summary>
    protected abstract IEstimator<ITransformer> Create();

    [Fact]
    public void C01_The_output_has_the_schema_that_GetOutputSchema_returns()
    {
        SchemaShape declared = Create().GetOutputSchema(TrainerContract.ShapeOf(Data("a").Schema));
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
            string[] named = [Role, "Text", "String", got];
            TrainerContract.AssertRefused(() => Create().GetOutputSchema(TrainerContract.ShapeOf(data.Schema)), named);
            TrainerContract.AssertRefused(() => Create().Fit(data), named);
            TrainerContract.AssertRefused(() => Create().Fit(Data()).Transform(data), named);
        }
    }

    [Fact]
    public void C05_Loads_in_the_same_process_in_a_fresh_process_and_on_the_oldest_ML_NET()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = (folder.File("model.zip"), folder.File("data.idv"));
        _ml.Model.Save(Create().Fit(Data()), Data().Schema, model);
        using (FileStream stream = File.Create(data)) _ml.Data.SaveAsBinary(Data(), stream);
        string[] expected = Rows.Of(Scored(), Outputs);
        Assert.Equal(expected, Rows.Of(new MLContext().Model.Load(model, out _).Transform(Data()), Outputs));
        Assert.Equal(NotEmpty(expected), NotEmpty(Repository.PredictInFreshProcess(model, data, Outputs)));
        Assert.Equal(NotEmpty(expected), NotEmpty(Repository.PredictOnOldestMLNet(model, data, Outputs)));

        // The processes print a line for each row, of which blank ones are lost.
        static IEnumerable<string> NotEmpty(string[] rows) => rows.Where(row => row.Trim().Length > 0);
    }

    [Fact]
    public void C07_Damaged_files_are_refused()
    {
        byte[] file = _ml.SaveToBytes(Create().Fit(Data()), Data().Schema);
        for (int length = 0; length < file.Length; length += Math.Max(1, file.Length / 20))
            Assert.ThrowsAny<Exception>(() => _ml.LoadFromBytes(file[..length]));
        string[] expected = Rows.Of(Scored(), Outputs);
        foreach (string part in DamagedModel.Parts(file).Select(part => part.Name).Where(IsOwn))
        {
            byte[] damaged = DamagedModel.WithFlippedBit(file, part);
            ITransformer? loaded = null;
            Exception? fault = Record.Exception(() => loaded = _ml.LoadFromBytes(damaged));
            if (loaded is null) Assert.NotEmpty(fault!.GetBaseException().Message);
            else Assert.Equal([part, .. expected], [part, .. Rows.Of(loaded.Transform(Data()), Outputs)]);
        }

        // ML.NET does not protect its own parts.
        static bool IsOwn(string part) =>
            part.StartsWith("TransformerChain", StringComparison.Ordinal) && !part.EndsWith("Model.key", StringComparison.Ordinal);
    }

    [Fact]
    public void C07_Golden_models_of_every_released_format_load_and_predict_the_recorded_scores()
    {
        GoldenModel.WriteIfAsked(_ml, GoldenName, Create().Fit(Data()), Data(), Outputs[^1]);
        GoldenModel.AssertAllLoad(GoldenName, Data(), Outputs[^1]);
    }

    [Fact]
    public void C08_The_row_mapper_depends_only_on_the_text()
    {
        IRowToRowMapper mapper = Create().Fit(Data()).GetRowToRowMapper(Data().Schema);
        Assert.Equal(["Text"], mapper.GetDependencies([mapper.OutputSchema[Outputs[0]]]).Select(column => column.Name));
        Assert.Equal(["Number"], mapper.GetDependencies([mapper.OutputSchema["Number"]]).Select(column => column.Name));
    }

    [Fact]
    public void C09_A_row_mapper_returns_the_same_as_the_batched_transform()
    {
        IDataView data = Data();
        IRowToRowMapper mapper = Create().Fit(data).GetRowToRowMapper(data.Schema);
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        using DataViewRow row = mapper.GetRow(cursor, mapper.OutputSchema);
        Func<string>[] read = [.. Outputs.Select(name => Rows.Reader(row, mapper.OutputSchema[name]))];
        foreach (string expected in Rows.Of(Scored(), Outputs))
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(expected, string.Join('\t', read.Select(value => value())));
        }
    }

    [Fact]
    public void C12_C13_Parallel_cursors_and_eight_threads_return_the_same_rows()
    {
        ITransformer model = Create().Fit(Data());
        IDataView many = _ml.LoadRows(200, i => new Row { Text = $"row {i}" }), scored = model.Transform(many);
        string[] expected = Rows.Of(scored, Outputs);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(scored.Schema, 4);
        string[][] parts = [.. cursors.AsParallel().Select(cursor => Rows.Of(cursor, Outputs))];
        Assert.Equal(expected.Order(), parts.SelectMany(part => part).Order());
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Assert.Equal(expected, Rows.Of(model.Transform(many), Outputs)));
    }

    [Fact]
    public void C18_The_same_data_gives_the_same_bytes()
    {
        (string Name, byte[] Content)[] first = Parts(), second = Parts();
        Assert.Equal(first.Select(part => part.Name), second.Select(part => part.Name));
        Assert.All(first.Zip(second), pair => Assert.Equal(pair.First.Content, pair.Second.Content));

        (string Name, byte[] Content)[] Parts() => DamagedModel.Parts(_ml.SaveToBytes(Create().Fit(Data()), Data().Schema));
    }

    private protected IDataView Data(params string[] texts)
    {
        string[] rows = texts.Length == 0 ? Texts : texts;
        return _ml.LoadRows(rows.Length, i => new Row { Text = rows[i], Number = i });
    }

    private IDataView Scored() => Create().Fit(Data()).Transform(Data());

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Number { get; set; }
    }
}
