using Microsoft.ML;
using MlNetRnn.Columns;
using MlNetRnn.Hosting;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Tasks;

namespace MlNetRnn.Model;

/// <summary>The working set of one cursor: sequences that were read, and the network's results once a getter asks for them.</summary>
internal sealed class ModelBlock : IRowBlock, IRowResults
{
    private readonly RnnModel _model;
    private readonly SequenceStore _rows;
    private readonly Func<ReadResult> _read;
    private readonly RowValues[] _results;
    private bool _computed;

    public ModelBlock(RnnModel model, DataViewRow source, DataViewSchema.Column input)
    {
        _model = model;
        SequenceReading reading = model.Spec.Reading;
        _rows = new SequenceStore(reading.FrameSize, keepTexts: model.Spec.Task.Columns.ContainsKey(AttentionColumns.Tokens));
        _read = SequenceKinds.ByName(reading.Kind).OpenReader(source, input, reading, model.Vocabulary, _rows);
        _results = [.. model.Task.NetworkOutputs.Select(_ => new RowValues())];
    }

    public RowValues[] Values
    {
        get
        {
            if (!_computed) _model.Network.Run(_rows, _results);
            _computed = true;
            return _results;
        }
    }

    public void Clear()
    {
        _rows.Clear();
        _computed = false;
    }

    public void Read() => _read();

    public ReadOnlySpan<string> Texts(int row) => _rows.Texts(row);

    public Delegate CreateGetter(int output, Func<int> current) => _model.Task.Columns[output].CreateGetter(this, current);
}
