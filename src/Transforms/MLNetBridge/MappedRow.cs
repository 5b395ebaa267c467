using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.MLNetBridge;

/// <summary>The current input row with the outputs added, which a PredictionEngine reads. All outputs of a row share one computation.</summary>
internal sealed class MappedRow : DataViewRow
{
    private readonly RowMapper _mapper;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly Delegate?[] _getters;
    private readonly IRowBlock? _block;
    private long _served = long.MinValue;
    private bool _disposed;

    [DynamicDependency(nameof(Refreshing))]
    public MappedRow(RowMapper mapper, DataViewRow input, bool[] active)
    {
        (_mapper, _input, _active, _getters) = (mapper, input, active, new Delegate?[active.Length]);
        if (!mapper.AnyOutput(active)) return;
        _block = mapper.Transform.CreateBlock(input, mapper.Inputs);
        for (int i = mapper.FirstOutput; i < active.Length; i++)
        {
            if (!active[i]) continue;
            Delegate getter = _block.CreateGetter(i - mapper.FirstOutput, () => 0);
            _getters[i] = RowMapper.CallGeneric(this, nameof(Refreshing), mapper.OutputSchema[i].Type.RawType, getter);
        }
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_active[column.Index]) return RowMapper.Cast<TValue>(null, column);
        return column.Index < _mapper.FirstOutput
            ? _input.GetGetter<TValue>(_mapper.InputSchema[column.Index])
            : RowMapper.Cast<TValue>(_getters[column.Index], column);
    }

    private ValueGetter<T> Refreshing<T>(ValueGetter<T> getter) => (ref T value) =>
    {
        if (_served != _input.Position)
        {
            _block!.Clear();
            _block.Read();
            _served = _input.Position;
        }
        getter(ref value);
    };

    protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        if (disposing) _input.Dispose();
    }
}
