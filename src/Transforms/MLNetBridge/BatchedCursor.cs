using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.MLNetBridge;

/// <summary>
/// A cursor that reads rows ahead, keeps their active columns, and computes the outputs of a whole block at once. Blocks grow (1, 8, 64 rows), so that reading
/// only the first row of a view computes one row.
/// </summary>
internal sealed class BatchedCursor : DataViewRowCursor
{
    public const int LargestBlock = 64;
    private const int Growth = 8;

    private readonly RowMapper _mapper;
    private readonly DataViewRowCursor _source;
    private readonly bool[] _active;
    private readonly IRowBlock? _block;
    private readonly Delegate?[] _getters;
    private readonly List<Action<int>> _keep = [];      // each copies a value of the current source row into a slot
    private readonly DataViewRowId[] _ids;
    private readonly long[] _batches;
    private int _capacity = 1, _count, _current = -1;
    private long _position = -1;
    private bool _ended, _disposed;

    public BatchedCursor(RowMapper mapper, DataViewRowCursor source, bool[] active)
    {
        (_mapper, _source, _active, _getters) = (mapper, source, active, new Delegate?[active.Length]);
        _block = mapper.AnyOutput(active) ? mapper.Transform.CreateBlock(source, mapper.Inputs) : null;
        int slots = _block is null ? 1 : LargestBlock;
        (_ids, _batches) = (new DataViewRowId[slots], new long[slots]);

        ValueGetter<DataViewRowId> id = source.GetIdGetter();
        _keep.Add(slot => id(ref _ids[slot]));
        for (int i = 0; i < active.Length; i++)
        {
            if (!active[i]) continue;
            _getters[i] = i >= mapper.FirstOutput
                ? _block!.CreateGetter(i - mapper.FirstOutput, () => Current)
                : KeepColumn(mapper.InputSchema[i]);
        }
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _position;

    public override long Batch => _current < 0 ? 0 : _batches[_current];

    /// <summary>The slot of the current row.</summary>
    private int Current => _current >= 0
        ? _current
        : throw new InvalidOperationException(
            "Cursor: expected a cursor on a row, got one before the first row or after the last. Read values after MoveNext has returned true.");

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[Current];

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => RowMapper.Cast<TValue>(_getters[column.Index], column);

    public override bool MoveNext()
    {
        if (_ended || _disposed) return false;
        // Set until a row has been read: if the source throws in the middle of a block, the cursor has ended and does not skip rows.
        _ended = true;
        if (++_current >= _count && !ReadBlock())
        {
            (_position, _current) = (-1, -1);
            return false;
        }
        (_ended, _position) = (false, _position + 1);
        return true;
    }

    private bool ReadBlock()
    {
        _block?.Clear();
        for (_count = 0; _count < _capacity && _block is not { IsFull: true } && _source.MoveNext(); _count++)
        {
            foreach (Action<int> keep in _keep) keep(_count);
            _batches[_count] = _source.Batch;           // ML.NET merges parallel cursors in the order of batches
            _block?.Read();
        }
        _current = 0;
        _capacity = Math.Min(_capacity * Growth, _ids.Length);
        return _count > 0;
    }

    [DynamicDependency(nameof(KeepScalar))]
    [DynamicDependency(nameof(KeepVector))]
    private Delegate KeepColumn(DataViewSchema.Column column)
    {
        Type raw = column.Type.RawType;
        bool isVector = raw.IsGenericType && raw.GetGenericTypeDefinition() == typeof(VBuffer<>);
        return isVector
            ? RowMapper.CallGeneric(this, nameof(KeepVector), raw.GetGenericArguments()[0], column)
            : RowMapper.CallGeneric(this, nameof(KeepScalar), raw, column);
    }

    private ValueGetter<T> KeepScalar<T>(DataViewSchema.Column column)
    {
        ValueGetter<T> get = _source.GetGetter<T>(column);
        var values = new T[_ids.Length];
        if (typeof(T).IsValueType)
        {
            _keep.Add(slot => get(ref values[slot]));
            return (ref T value) => value = values[Current];
        }
        // A getter of ML.NET disposes the image that it replaces, but the consumer may still hold an image that it has read.
        var isRead = new bool[_ids.Length];
        _keep.Add(slot =>
        {
            if (isRead[slot]) values[slot] = default!;
            isRead[slot] = false;
            get(ref values[slot]);
        });
        return (ref T value) =>
        {
            value = values[Current];
            isRead[Current] = true;
        };
    }

    // The source reuses the arrays of a VBuffer: a slot has arrays of its own, and the getter returns copies.
    private ValueGetter<VBuffer<T>> KeepVector<T>(DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> get = _source.GetGetter<VBuffer<T>>(column);
        var values = new VBuffer<T>[_ids.Length];
        _keep.Add(slot => get(ref values[slot]));
        return (ref VBuffer<T> value) => values[Current].CopyTo(ref value);
    }

    protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        (_disposed, _position, _current) = (true, -1, -1);
        if (disposing) _source.Dispose();
        base.Dispose(disposing);
    }
}
