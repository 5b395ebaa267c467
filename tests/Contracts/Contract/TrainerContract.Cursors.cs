using System.Collections.Concurrent;
using Microsoft.ML;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C12_Parallel_cursors_sorted_by_batch_return_the_rows_of_a_serial_cursor()
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
        // The rows of one batch come from one cursor, in order.
        var sorted = found.OrderBy(row => row.Batch).ThenBy(row => row.Place).ToArray();
        Assert.Equal(Rows.Of(many, "Id"), sorted.Select(row => row.Id));
        Rows.AssertClose(Rows.Scores(scored, Score), [.. sorted.Select(row => row.Score)]);
    }

    [Fact]
    public void C13_Interleaved_cursors_and_eight_threads_return_the_same_scores()
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
    public void C14_Misused_cursors_throw_and_a_finished_cursor_stays_finished()
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
}
