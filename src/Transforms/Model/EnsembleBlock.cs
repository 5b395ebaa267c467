using Microsoft.ML;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Tasks;

namespace MlNetRnn.Model;

/// <summary>The rows of one cursor that an ensemble scores together. Each model has a block of its own, because it has a vocabulary of its own.</summary>
internal sealed class EnsembleBlock : IRowBlock, IRowResults
{
    private readonly RnnEnsemble _ensemble;
    private readonly ModelBlock[] _blocks;
    private readonly RowValues[] _results;
    private object?[] _kept = [];
    private int _rows;
    private bool _computed;

    /// <param name="ensemble">The models.</param>
    /// <param name="source">The source of the rows.</param>
    /// <param name="inputs">The input columns in the schema of the source, the main one first.</param>
    public EnsembleBlock(RnnEnsemble ensemble, DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs)
    {
        _ensemble = ensemble;
        _blocks = [.. ensemble.Members.Select(member => new ModelBlock(member, source, inputs))];
        _results = [.. ensemble.Task.NetworkOutputs.Select(_ => new RowValues())];
    }

    public RowValues[] Values
    {
        get
        {
            if (!_computed)
            {
                foreach (RowValues result in _results) result.Resize(_rows);
                _ensemble.Task.Combine([.. _blocks.Select((block, i) => new EnsembleMember(_ensemble.Members[i].Task, block))], _rows, _results);
            }
            _computed = true;
            return _results;
        }
    }

    public IReadOnlyList<float[]> Constants => [];

    public bool IsFull => Array.Exists(_blocks, block => block.IsFull);

    public void Clear()
    {
        foreach (ModelBlock block in _blocks) block.Clear();
        Array.Clear(_kept);
        (_rows, _computed) = (0, false);
    }

    public void Read()
    {
        foreach (ModelBlock block in _blocks) block.Read();
        _rows++;
    }

    public IReadOnlyList<string> Texts(int row) => _blocks[0].Texts(row);

    public ReadOnlySpan<TextPlace> Places(int row) => _blocks[0].Places(row);

    public int Length(int row) => _blocks[0].Length(row);

    public ref object? Kept(int row)
    {
        if (_kept.Length <= row) Array.Resize(ref _kept, Math.Max(row + 1, _rows));
        return ref _kept[row];
    }

    public Delegate CreateGetter(int output, Func<int> current) => _ensemble.Task.Columns[output].CreateGetter(this, current);
}
