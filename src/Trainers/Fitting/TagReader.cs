using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Kernels;

namespace MlNetRnn.Fitting;

/// <summary>A tag for each step: 0-based classes, −1 where it is missing.</summary>
internal sealed class TagReader : LabelReader
{
    private readonly List<float> _tags = [];
    private readonly Func<bool> _read;

    /// <param name="source">The row.</param>
    /// <param name="column">A vector of keys or texts.</param>
    /// <param name="met">Numbers texts; null for keys.</param>
    public TagReader(DataViewRow source, DataViewSchema.Column column, TextTags? met)
    {
        if (met is null)
        {
            ulong count = ((KeyDataViewType)((VectorDataViewType)column.Type).ItemType).Count;
            _read = KeyReaders.OpenVector(source, column, key => _tags.Add(key <= count ? (float)key - 1 : -1), () => true);
            return;
        }
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> get = source.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        VBuffer<ReadOnlyMemory<char>> texts = default;
        _read = () =>
        {
            get(ref texts);
            foreach (ReadOnlyMemory<char> text in texts.DenseValues()) _tags.Add(met.NumberOf(text.Span));
            return true;
        };
    }

    public override int? Length => _tags.Count;

    public override bool Read()
    {
        _tags.Clear();
        _read();
        return _tags.Any(tag => tag != -1);
    }

    public override void AddTo(List<float> targets, int steps) => targets.AddRange(_tags.Take(steps));
}
