using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Corpora;

/// <summary>A cursor over the sentences of a <see cref="SentencesView"/>.</summary>
internal sealed class SentencesCursor : DataViewRowCursor
{
    private readonly IEnumerator<Sentence> _sentences;
    private readonly bool[] _active;
    private readonly Delegate?[] _getters;
    private long _position = -1;
    private bool _ended, _disposed;

    public SentencesCursor(DataViewSchema schema, int textCount, IEnumerable<Sentence> sentences, bool[] active)
    {
        (Schema, _active, _sentences) = (schema, active, sentences.GetEnumerator());
        _getters = new Delegate?[active.Length];
        for (int i = 0; i < active.Length; i++)
            if (active[i]) _getters[i] = i < textCount ? Text(i) : Vector(i - textCount);
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    private Sentence Current => _position >= 0
        ? _sentences.Current
        : throw new InvalidOperationException(
            "Cursor: expected a cursor on a row, got one before the first row or after the last. Read values after MoveNext has returned true.");

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        _ = Current;
        value = new DataViewRowId((ulong)_position, 0);
    };

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => RowMapper.Cast<TValue>(_getters[column.Index], column);

    public override bool MoveNext()
    {
        if (_ended || _disposed) return false;
        // Set until a row has been read: after a malformed line, the cursor has ended.
        (_ended, long position, _position) = (true, _position, -1);
        if (!_sentences.MoveNext()) return false;
        (_ended, _position) = (false, position + 1);
        return true;
    }

    private ValueGetter<ReadOnlyMemory<char>> Text(int index) => (ref ReadOnlyMemory<char> value) => value = Current.Texts[index];

    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> Vector(int index) => (ref VBuffer<ReadOnlyMemory<char>> value) =>
    {
        ReadOnlySpan<ReadOnlyMemory<char>> texts = CollectionsMarshal.AsSpan(Current.Vectors[index]);
        VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref value, texts.Length);
        texts.CopyTo(editor.Values);
        value = editor.Commit();
    };

    protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        (_disposed, _position) = (true, -1);
        if (disposing) _sentences.Dispose();
        base.Dispose(disposing);
    }
}
