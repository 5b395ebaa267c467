using Microsoft.ML;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Tasks;

namespace MlNetRnn.Model;

/// <summary>The rows of one cursor that are scored together: their sequences, and the results of the network, which are computed on first use.</summary>
internal sealed class ModelBlock : IRowBlock, IRowResults
{
    private readonly RnnModel _model;
    private readonly SequenceBlock _rows;
    private readonly Func<ReadResult>[] _readers;
    private readonly RowValues[] _results;
    private readonly List<int> _lengths = [];
    private object?[] _kept = [];
    private bool _computed;

    /// <param name="model">The model.</param>
    /// <param name="source">The source of the rows.</param>
    /// <param name="inputs">The input columns in the schema of the source, the main one first.</param>
    public ModelBlock(RnnModel model, DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs)
    {
        _model = model;
        bool keepTexts = model.Spec.ReadsCharacters || model.Task.NeedsTexts;
        _rows = new SequenceBlock(
            new SequenceStore(model.Inputs[0].Reading.FrameSize, keepTexts, model.Task.NeedsPlaces),
            [.. model.Inputs.Skip(1).Select(additional => new SequenceStore(additional.Reading.FrameSize))],
            model.Words.Characters);
        Vocabulary[] words = [model.Words.Main, .. model.Words.Additional];
        SequenceStore[] stores = [.. _rows.All];
        _readers = [.. model.Inputs.Select((input, i) => input.OpenReader(source, inputs[i], words[i], stores[i]))];
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

    public IReadOnlyList<float[]> Constants
    {
        get
        {
            _ = Values;
            return _model.Network.Constants;
        }
    }

    public bool IsFull => _model.Network.IsFull(_rows);

    public void Clear()
    {
        _rows.Clear();
        _lengths.Clear();
        Array.Clear(_kept);
        _computed = false;
    }

    public void Read()
    {
        for (int i = 0; i < _readers.Length; i++)
        {
            ReadResult result = _readers[i]();
            if (i == 0) _lengths.Add(result.Length);
        }
        // Scoring never throws because of data: too few values of an additional column become missing values, too many are left out.
        int last = _rows.Main.Count - 1;
        foreach (SequenceStore additional in _rows.Additional) additional.FitLast(_rows.Main.Length(last));
    }

    public IReadOnlyList<string> Texts(int row)
    {
        ReadOnlySpan<int> spelled = _rows.Main.Spelled(row);
        var texts = new string[spelled.Length];
        for (int i = 0; i < texts.Length; i++) texts[i] = _rows.Main.Spellings[spelled[i]];
        return texts;
    }

    public ReadOnlySpan<TextPlace> Places(int row) => _rows.Main.Places(row);

    public int Length(int row) => _lengths[row];

    public ref object? Kept(int row)
    {
        if (_kept.Length <= row) Array.Resize(ref _kept, Math.Max(row + 1, _rows.Main.Count));
        return ref _kept[row];
    }

    public Delegate CreateGetter(int output, Func<int> current) => _model.Task.Columns[output].CreateGetter(this, current);
}
