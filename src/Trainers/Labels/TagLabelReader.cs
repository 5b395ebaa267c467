using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;

namespace MlNetRnn.Labels;

/// <summary>Reads the tags of a sequence: 0-based classes, −1 where a tag is missing.</summary>
internal sealed class TagLabelReader : LabelReader
{
    private const float Missing = -1;

    private readonly List<float> _tags = [];
    private readonly Action _read;

    /// <param name="row">The row of the cursor.</param>
    /// <param name="column">A vector of keys or texts.</param>
    /// <param name="texts">Numbers the texts; null for keys.</param>
    public TagLabelReader(DataViewRow row, DataViewSchema.Column column, TextTags? texts) =>
        _read = texts is null ? OpenKeys(row, column) : OpenTexts(row, column, texts);

    public override int? Length => _tags.Count;

    public override bool Read()
    {
        _tags.Clear();
        _read();
        return _tags.Any(tag => tag != Missing);
    }

    public override void AddTo(List<float> targets, int steps) => targets.AddRange(_tags.Take(steps));

    private Action OpenKeys(DataViewRow row, DataViewSchema.Column column)
    {
        ulong count = ((KeyDataViewType)((VectorDataViewType)column.Type).ItemType).Count;
        Func<bool> read = KeyReaders.OpenVector(row, column, key => _tags.Add(key <= count ? (float)key - 1 : Missing), () => true);
        return () => read();
    }

    private Action OpenTexts(DataViewRow row, DataViewSchema.Column column, TextTags tags)
    {
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> get = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        VBuffer<ReadOnlyMemory<char>> texts = default;
        return () =>
        {
            get(ref texts);
            foreach (ReadOnlyMemory<char> text in texts.DenseValues()) _tags.Add(tags.NumberOf(text.Span));
        };
    }
}
