using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C08_the_row_mapper_gives_the_same_schema_and_exact_dependencies()
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
    public void C09_single_rows_equal_the_batched_transform()
    {
        IRowToRowMapper mapper = ((ITransformer)Model.Transformer).GetRowToRowMapper(Model.Prepared.Schema);
        using DataViewRowCursor source = Model.Prepared.GetRowCursor(Model.Prepared.Schema);
        using DataViewRow row = mapper.GetRow(source, mapper.OutputSchema);
        Func<string> read = Rows.Reader(row, row.Schema[Score]);
        var single = new List<float[]>();
        while (source.MoveNext()) single.Add(Rows.Numbers(read()));
        Rows.AssertClose(Rows.Scores(Model.Scored, Score), [.. single]);
    }

    [Fact]
    public void C10_nothing_is_read_or_run_before_it_is_needed()
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
        // The first row alone, then eight more, then 64 at a time.
        source.Reset();
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[Score]]);
        Assert.Equal(Inputs, source.ActiveColumns);
        Assert.True(cursor.MoveNext());
        Assert.Equal(1, source.RowsRead);
        Assert.True(cursor.MoveNext());
        Assert.Equal(9, source.RowsRead);
    }

    [Fact]
    public void C11_a_row_alone_gives_what_it_gives_among_others()
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
    public void C11_the_order_of_the_rows_does_not_matter()
    {
        IDataView shuffled = Model.Ml.Data.ShuffleRows(Model.Ml.Data.Cache(Model.Prepared), seed: 3);
        string[] ids = Rows.Of(shuffled, "Id");
        Assert.NotEqual(Rows.Of(Model.Prepared, "Id"), ids);
        Dictionary<string, float[]> expected = Rows.Of(Model.Scored, "Id").Zip(Rows.Scores(Model.Scored, Score)).ToDictionary(p => p.First, p => p.Second);
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
    public void C12_parallel_cursors_sorted_by_batch_give_the_rows_of_a_serial_one()
    {
        IDataView many = Model.Ml.Data.Cache(Model.Preparation.Transform(Data(Model.Ml, 1000)));
        IDataView scored = Model.Transformer.Transform(many);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(scored.Schema, 4);
        var found = new ConcurrentBag<(long Batch, int Place, string Id, float[] Score)>();
        Parallel.ForEach(cursors, cursor =>
        {
            using DataViewRowCursor owned = cursor;
            Func<string> id = Rows.Typed<float>(cursor, cursor.Schema["Id"]), score = Rows.Once(cursor, cursor.Schema[Score]);
            for (int place = 0; cursor.MoveNext(); place++) found.Add((cursor.Batch, place, id(), Rows.Numbers(score())));
        });
        // The rows of one batch come from one cursor, one after another.
        var sorted = found.OrderBy(row => row.Batch).ThenBy(row => row.Place).ToArray();
        Assert.Equal(Rows.Of(many, "Id"), sorted.Select(row => row.Id));
        Rows.AssertClose(Rows.Scores(scored, Score), [.. sorted.Select(row => row.Score)]);
    }

    [Fact]
    public void C13_interleaved_cursors_and_many_threads_agree()
    {
        string[] expected = Rows.Of(Model.Scored, Score);
        IDataView scored = Model.Scored;
        using DataViewRowCursor a = scored.GetRowCursor(scored.Schema), b = scored.GetRowCursor(scored.Schema);
        Func<string> readA = Rows.Reader(a, scored.Schema[Score]), readB = Rows.Reader(b, scored.Schema[Score]);
        foreach (string row in expected)
        {
            Assert.True(a.MoveNext() && b.MoveNext());
            Assert.Equal(row, readA());
            Assert.Equal(row, readB());
        }
        Parallel.For(0, 8, _ => Assert.Equal(expected, Rows.Of(Model.Transformer.Transform(Model.Prepared), Score)));
        Assert.Equal(expected, Rows.Of(scored, Score));
    }

    [Fact]
    public void C14_misused_cursors_say_so_and_ended_ones_stay_ended()
    {
        IDataView scored = Model.Scored;
        DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[Score]]);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Id"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema[Score]));
        Assert.False(cursor.IsColumnActive(scored.Schema["Id"]));
        Assert.True(cursor.IsColumnActive(scored.Schema[Score]));
        while (cursor.MoveNext())
        {
        }
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        cursor.Dispose();
        cursor.Dispose();
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void C15_no_row_makes_scoring_throw()
    {
        float[][] scores = Rows.Scores(Model.Transformer.Transform(HardRows(Model.Ml)), Score);
        Assert.True(scores.Length > 8);
        Assert.All(scores, row => Assert.All(row, x => Assert.True(float.IsFinite(x))));
    }

    [Fact]
    public void C25_the_culture_of_the_thread_does_not_matter()
    {
        string[] expected = Rows.Of(Model.Scored, Outputs);
        byte[] bytes = Save(Model.Ml, Model.Transformer, null);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in new[] { "tr-TR", "de-DE" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(expected, Rows.Of(new MLContext().Model.Load(new MemoryStream(bytes), out _).Transform(Model.Prepared), Outputs));
                Assert.Equal(Parts(bytes), Parts(Save(Model.Ml, Create(new MLContext(1)).Fit(Model.Prepared), null)));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
