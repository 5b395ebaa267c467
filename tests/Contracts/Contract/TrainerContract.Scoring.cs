using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C08_The_row_mapper_has_the_same_schema_and_exact_dependencies()
    {
        ITransformer model = Model.Transformer;
        Assert.True(model.IsRowToRowMapper);
        IRowToRowMapper mapper = model.GetRowToRowMapper(Model.Prepared.Schema);
        Assert.Equal(Describe(ShapeOf(Model.Scored.Schema)), Describe(ShapeOf(mapper.OutputSchema)));
        DataViewSchema.Column id = mapper.InputSchema["Id"];
        foreach (string output in Outputs)
            Assert.Equal(Inputs, mapper.GetDependencies([mapper.OutputSchema[output]]).Select(c => c.Name));
        Assert.Equal([id.Name], mapper.GetDependencies([mapper.OutputSchema["Id"]]).Select(c => c.Name));
        Assert.Empty(mapper.GetDependencies([]));
    }

    [Fact]
    public void C09_Single_rows_score_as_in_the_batched_transform()
    {
        IRowToRowMapper mapper = Model.Transformer.GetRowToRowMapper(Model.Prepared.Schema);
        using DataViewRowCursor source = Model.Prepared.GetRowCursor(Model.Prepared.Schema);
        using DataViewRow row = mapper.GetRow(source, mapper.OutputSchema);
        Func<string> read = Rows.Reader(row, row.Schema[Score]);
        var single = new List<float[]>();
        while (source.MoveNext()) single.Add(Rows.Numbers(read()));
        Rows.AssertClose(Rows.Scores(Model.Scored, Score), [.. single]);
    }

    [Fact]
    public void C10_No_row_and_no_column_is_read_before_it_is_needed()
    {
        var source = new CountingView(Model.Prepared);
        IDataView scored = Model.Transformer.Transform(source);
        Assert.Equal(0, source.RowsRead);
        using (DataViewRowCursor passing = scored.GetRowCursor([scored.Schema["Id"]]))
        {
            Assert.True(passing.MoveNext());
            Assert.Equal(1, source.RowsRead);
            Assert.Equal(["Id"], source.ActiveColumns);
        }
        // Reads one row, then eight rows, then 64 rows at a time.
        source.Reset();
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[Score]]);
        Assert.Equal(Inputs, source.ActiveColumns);
        Assert.True(cursor.MoveNext());
        Assert.Equal(1, source.RowsRead);
        Assert.True(cursor.MoveNext());
        Assert.Equal(9, source.RowsRead);
    }

    [Fact]
    public void C11_A_row_scores_alone_as_it_scores_among_others()
    {
        IDataView hard = HardRows(Model.Ml);
        float[][] together = Rows.Scores(Model.Transformer.Transform(hard), Score);
        for (int i = 0; i < together.Length; i++)
        {
            IDataView alone = Model.Ml.Data.TakeRows(i == 0 ? hard : Model.Ml.Data.SkipRows(hard, i), 1);
            Rows.AssertClose([together[i]], Rows.Scores(Model.Transformer.Transform(alone), Score));
        }
    }

    [Fact]
    public void C11_The_order_of_the_rows_does_not_change_the_scores()
    {
        IDataView shuffled = Model.Ml.Data.ShuffleRows(Model.Ml.Data.Cache(Model.Prepared), seed: 3);
        string[] ids = Rows.Of(shuffled, "Id");
        Assert.NotEqual(Rows.Of(Model.Prepared, "Id"), ids);
        Dictionary<string, float[]> expected = Rows.Of(Model.Scored, "Id").Zip(Rows.Scores(Model.Scored, Score)).ToDictionary();
        IDataView scored = Model.Transformer.Transform(shuffled);
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        string[] rows = Rows.Of(cursor, "Id", Score);
        foreach (string row in rows)
        {
            string[] parts = row.Split('\t');
            Rows.AssertClose([expected[parts[0]]], [Rows.Numbers(parts[1])]);
        }
    }

    [Fact]
    public void C15_No_row_makes_scoring_throw()
    {
        float[][] scores = Rows.Scores(Model.Transformer.Transform(HardRows(Model.Ml)), Score);
        Assert.True(scores.Length > 8);
        Assert.All(scores, row => Assert.All(row, x => Assert.True(float.IsFinite(x))));
    }

    [Fact]
    public void C25_The_culture_of_the_thread_does_not_change_scores_or_models()
    {
        string[] expected = Rows.Of(Model.Scored, Outputs);
        byte[] bytes = Model.Saved;
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in new[] { "tr-TR", "de-DE" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(expected, Rows.Of(new MLContext().LoadFromBytes(bytes).Transform(Model.Prepared), Outputs));
                Assert.Equal(Parts(bytes), Parts(Model.Ml.SaveToBytes(Create(new MLContext(1)).Fit(Model.Prepared))));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
