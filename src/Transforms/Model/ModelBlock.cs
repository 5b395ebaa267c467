using Microsoft.ML;
using MlNetRnn.Columns;
using MlNetRnn.Hosting;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;

namespace MlNetRnn.Model;

/// <summary>The working set of one cursor: sequences that were read, and the network's results once a getter asks for them.</summary>
internal sealed class ModelBlock : IRowBlock
{
    private readonly RnnModel _model;
    private readonly SequenceStore _rows = new();
    private readonly Func<bool> _read;
    private readonly RowValues[] _results;
    private bool _computed;

    public ModelBlock(RnnModel model, DataViewRow source, DataViewSchema.Column input)
    {
        _model = model;
        SequenceReading reading = model.Spec.Reading;
        _read = SequenceKinds.ByName(reading.Kind).OpenReader(source, input, reading, model.Vocabulary, _rows);
        _results = [.. model.Task.NetworkOutputs.Select(_ => new RowValues())];
    }

    public void Clear()
    {
        _rows.Clear();
        _computed = false;
    }

    public void Read() => _read();

    public Delegate CreateGetter(int output, Func<int> current) => _model.Task.CreateGetter(output, Results, current);

    private RowValues[] Results()
    {
        if (!_computed)
        {
            _model.Network.Run(_rows, _results);
            _computed = true;
        }
        return _results;
    }
}
