using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Transforms.Tests.Corpora;

/// <summary>Tests of the data view over files of sentences: lazy, repeatable, with cursors that follow the rules of ML.NET.</summary>
public sealed class SentencesViewTests : IDisposable
{
    private readonly CorpusFolder _folder = new();
    private readonly IDataView _data;

    public SentencesViewTests() => _data = _folder.ML.Data.LoadFromConll(_folder.Write("a.txt", "a X\nb Y\n\nc X\n\nd Z\ne X\nf Y\n"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_schema_holds_vectors_of_text_of_variable_size()
    {
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance), _data.Schema["Tokens"].Type);
        Assert.False(_data.CanShuffle);
        Assert.Null(_data.GetRowCount());
        IDataView conllu = _folder.ML.Data.LoadFromConllu(_folder.Write("a.conllu", ""));
        Assert.Equal(
            "SentenceId Text Id Form Lemma Upos Xpos Feats Head Deprel Deps Misc Comments AdditionalLines",
            string.Join(' ', conllu.Schema.Select(column => column.Name)));
        Assert.All(conllu.Schema.Take(2), column => Assert.Equal(TextDataViewType.Instance, column.Type));
        Assert.All(conllu.Schema.Skip(2), column => Assert.Equal(new VectorDataViewType(TextDataViewType.Instance), column.Type));
    }

    [Fact]
    public void Nothing_is_read_before_a_cursor_moves()
    {
        File.Delete(_folder["a.txt"]);
        using DataViewRowCursor cursor = _data.GetRowCursor(_data.Schema);
        Assert.Throws<FileNotFoundException>(() => cursor.MoveNext());
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void A_cursor_reads_the_rows_once()
    {
        using DataViewRowCursor cursor = _data.GetRowCursor(_data.Schema);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> get = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(_data.Schema["Tokens"]);
        VBuffer<ReadOnlyMemory<char>> value = default;
        DataViewRowId id = default;
        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() => get(ref value));
        Assert.Throws<InvalidOperationException>(() => getId(ref id));
        var ids = new List<DataViewRowId>();
        for (int row = 0; row < 3; row++)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal((row, 0L), (cursor.Position, cursor.Batch));
            get(ref value);
            getId(ref id);
            ids.Add(id);
            Assert.Equal(new[] { "ab", "c", "def" }[row], string.Concat(value.DenseValues()));
        }
        Assert.Equal([0UL, 1, 2], ids.Select(each => each.Low));
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() => get(ref value));
    }

    [Fact]
    public void A_getter_of_an_inactive_column_or_another_type_is_rejected()
    {
        using DataViewRowCursor cursor = _data.GetRowCursor([_data.Schema["Label"]]);
        Assert.True(cursor.IsColumnActive(_data.Schema["Label"]));
        Assert.False(cursor.IsColumnActive(_data.Schema["Tokens"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(_data.Schema["Tokens"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<ReadOnlyMemory<char>>(_data.Schema["Label"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(_data.Schema["Label"]));
    }

    [Fact]
    public void An_error_and_a_disposal_end_a_cursor()
    {
        IDataView broken = _folder.ML.Data.LoadFromConll(_folder.Write("b.txt", "a X\n\nb\n\nc X\n"));
        using DataViewRowCursor cursor = broken.GetRowCursor(broken.Schema);
        Assert.True(cursor.MoveNext());
        Assert.Throws<FormatException>(() => cursor.MoveNext());
        Assert.Equal((false, -1L), (cursor.MoveNext(), cursor.Position));
        DataViewRowCursor disposed = _data.GetRowCursor(_data.Schema);
        Assert.True(disposed.MoveNext());
        disposed.Dispose();
        disposed.Dispose();
        Assert.Equal((false, -1L), (disposed.MoveNext(), disposed.Position));
    }

    [Fact]
    public void Two_cursors_at_once_are_independent()
    {
        using DataViewRowCursor one = _data.GetRowCursor(_data.Schema), two = _data.GetRowCursorSet(_data.Schema, 4).Single();
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> first = one.GetGetter<VBuffer<ReadOnlyMemory<char>>>(_data.Schema["Tokens"]);
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> second = two.GetGetter<VBuffer<ReadOnlyMemory<char>>>(_data.Schema["Tokens"]);
        VBuffer<ReadOnlyMemory<char>> a = default, b = default;
        Assert.True(one.MoveNext() && one.MoveNext() && two.MoveNext());
        first(ref a);
        second(ref b);
        Assert.Equal(("c", "ab"), (string.Concat(a.DenseValues()), string.Concat(b.DenseValues())));
    }

    [Fact]
    public void Values_stay_valid_after_their_row()
    {
        ReadOnlyMemory<char>[][] rows = [.. _data.GetColumn<ReadOnlyMemory<char>[]>("Label")];
        Assert.Equal(["X Y", "X", "Z X Y"], rows.Select(row => string.Join(' ', row)));
    }

    [Fact]
    public void Transforms_and_views_of_MLNet_read_it()
    {
        MLContext ml = _folder.ML;
        Assert.Equal(["a b", "c", "d e f"], ml.Data.CreateEnumerable<Row>(_data, reuseRowObject: true).Select(row => string.Join(' ', row.Tokens)));
        Assert.Equal(3, _data.Preview().RowView.Length);
        Assert.Equal([["a", "b"], ["c"]], CorpusFolder.Vectors(ml.Data.TakeRows(_data, 2), "Tokens"));
        Assert.Equal([["c"], ["d", "e", "f"]], CorpusFolder.Vectors(ml.Data.SkipRows(_data, 1), "Tokens"));
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(_data).Transform(_data);
        Assert.Equal([[1u, 2], [1], [3, 1, 2]], keyed.GetColumn<uint[]>("Label"));
        IDataView back = ml.Transforms.Conversion.MapKeyToValue("Label").Fit(keyed).Transform(keyed);
        Assert.Equal(CorpusFolder.Vectors(_data, "Label"), CorpusFolder.Vectors(back, "Label"));
        IDataView shuffled = ml.Data.ShuffleRows(_data, seed: 1);
        Assert.Equal(["a", "c", "d"], CorpusFolder.Vectors(shuffled, "Tokens").Select(row => row[0]).Order());
        var split = ml.Data.TrainTestSplit(_data, 0.5, seed: 1);
        Assert.Equal(3, CorpusFolder.Vectors(split.TrainSet, "Tokens").Length + CorpusFolder.Vectors(split.TestSet, "Tokens").Length);
    }

    [Fact]
    public void A_cached_view_reads_the_file_once()
    {
        IDataView cached = _folder.ML.Data.Cache(_data);
        Assert.Equal(3, CorpusFolder.Vectors(cached, "Tokens").Length);
        File.Delete(_folder["a.txt"]);
        Assert.Equal([["a", "b"], ["c"], ["d", "e", "f"]], CorpusFolder.Vectors(cached, "Tokens"));
    }

    private sealed class Row
    {
        public string[] Tokens = [], Label = [];
    }
}
