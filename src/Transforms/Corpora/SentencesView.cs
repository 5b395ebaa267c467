using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Corpora;

/// <summary>A view of a file of sentences. Each cursor opens the file again and holds one sentence in memory. Thread-safe.</summary>
internal sealed class SentencesView : IDataView
{
    private readonly int _textCount;
    private readonly Func<IEnumerable<Sentence>> _open;

    /// <summary>Creates the view.</summary>
    /// <param name="textColumns">The columns with one text per sentence, which come first.</param>
    /// <param name="vectorColumns">The columns with a list of texts per sentence.</param>
    /// <param name="open">Starts to read the sentences.</param>
    public SentencesView(IReadOnlyCollection<string> textColumns, IEnumerable<string> vectorColumns, Func<IEnumerable<Sentence>> open)
    {
        (_textCount, _open) = (textColumns.Count, open);
        var builder = new DataViewSchema.Builder();
        foreach (string name in textColumns) builder.AddColumn(name, TextDataViewType.Instance);
        foreach (string name in vectorColumns) builder.AddColumn(name, new VectorDataViewType(TextDataViewType.Instance));
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = new bool[Schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded) active[column.Index] = true;
        return new SentencesCursor(Schema, _textCount, _open(), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
