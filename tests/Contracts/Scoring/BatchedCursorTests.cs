using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Contracts;

/// <summary>The cursor of the view that all transformers of the library share.</summary>
public class BatchedCursorTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Reading_before_the_first_row_or_after_the_last_is_refused_with_advice()
    {
        IDataView source = Source(3);
        var view = new BatchedView(new RowMapper(new Doubling(rowsPerBlock: 100), source.Schema), source);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        Action[] reads =
        [
            () => Read<float>(cursor, "Number"), () => Read<float>(cursor, "Twice"), () => Read<VBuffer<float>>(cursor, "Vector"),
            () => { DataViewRowId id = default; cursor.GetIdGetter()(ref id); },
        ];
        AssertRefused();
        while (cursor.MoveNext()) foreach (Action read in reads) read();
        AssertRefused();
        cursor.Dispose();
        AssertRefused();

        void AssertRefused() => Assert.All(reads, read => AssertThrows.With<InvalidOperationException>(read, "MoveNext has returned true"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void A_full_block_gets_no_more_rows_and_no_row_is_lost(int rowsPerBlock)
    {
        IDataView source = Source(200);
        var transform = new Doubling(rowsPerBlock);
        var view = new BatchedView(new RowMapper(transform, source.Schema), source);
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var values = new List<float>();
        while (cursor.MoveNext()) values.Add(Read<float>(cursor, "Twice"));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => 2f * i), values);
        Assert.Equal(Math.Min(rowsPerBlock, BatchedCursor.LargestBlock), transform.LargestBlock);
    }

    private static T Read<T>(DataViewRow row, string column)
    {
        T value = default!;
        row.GetGetter<T>(row.Schema[column])(ref value);
        return value;
    }

    private IDataView Source(int rows) => _ml.LoadRows(rows, i => new Row { Number = i, Vector = [i, -i] });

    private sealed class Row
    {
        public float Number { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [];
    }

    /// <summary>Adds a column that contains twice the number.</summary>
    private sealed class Doubling(int rowsPerBlock) : IBlockTransform
    {
        public int LargestBlock { get; private set; }

        public string OnnxRefusal => "";

        public IReadOnlyList<DataViewSchema.Column> BindInputs(DataViewSchema schema) => [schema["Number"]];

        public IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema schema) =>
            [new DataViewSchema.DetachedColumn("Twice", NumberDataViewType.Single)];

        public IRowBlock CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs) =>
            new Block(this, source.GetGetter<float>(inputs[0]), rowsPerBlock);

        private sealed class Block(Doubling owner, ValueGetter<float> get, int rowsPerBlock) : IRowBlock
        {
            private readonly List<float> _rows = [];

            public bool IsFull => _rows.Count >= rowsPerBlock;

            public void Clear() => _rows.Clear();

            public void Read()
            {
                float value = 0;
                get(ref value);
                _rows.Add(value);
                owner.LargestBlock = Math.Max(owner.LargestBlock, _rows.Count);
            }

            public Delegate CreateGetter(int output, Func<int> current)
            {
                ValueGetter<float> getter = (ref float value) => value = 2 * _rows[current()];
                return getter;
            }
        }
    }
}
