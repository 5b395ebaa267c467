using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Networks;

/// <summary>
/// The inputs and outputs of a graph for some rows, bound to a session. There are two sets of states: a step reads one and writes the other, and then they are
/// swapped.
/// </summary>
internal sealed class StepBuffers : IDisposable
{
    private const int Sets = 2;

    private readonly StepSignature _signature;
    private readonly float[][][] _states = new float[Sets][][];
    private readonly OrtValue[][] _stateValues = new OrtValue[Sets][];
    private readonly List<(string Name, OrtValue Value)> _inputs = [];
    private readonly OrtIoBinding?[] _bindings = new OrtIoBinding?[Sets];
    private readonly OrtValue _logits;
    private InferenceSession? _boundTo;
    private int _current;

    /// <param name="signature">The states of the graph.</param>
    /// <param name="rows">B.</param>
    /// <param name="symbols">V.</param>
    public StepBuffers(StepSignature signature, int rows, int symbols)
    {
        (_signature, Rows) = (signature, rows);
        (Tokens, Logits) = (new long[rows], new float[rows * symbols]);
        var lengths = new int[rows];
        Array.Fill(lengths, 1);
        _inputs.Add((NetworkSignature.Tokens, OrtValue.CreateTensorValueFromMemory(Tokens, [rows, 1])));
        if (signature.HasLengths) _inputs.Add((NetworkSignature.Lengths, OrtValue.CreateTensorValueFromMemory(lengths, [rows])));
        if (signature.HasTargets) _inputs.Add((NetworkSignature.Targets, OrtValue.CreateTensorValueFromMemory(new long[rows], [rows, 1])));
        _logits = OrtValue.CreateTensorValueFromMemory(Logits, [rows, symbols]);
        for (int set = 0; set < Sets; set++)
        {
            _states[set] = [.. signature.Sizes.Select(size => new float[rows * size])];
            _stateValues[set] = [.. _states[set].Select((numbers, i) => OrtValue.CreateTensorValueFromMemory(numbers, [1, rows, signature.Sizes[i]]))];
        }
    }

    public int Rows { get; }

    /// <summary>[B]: the symbols that the next step reads.</summary>
    public long[] Tokens { get; }

    /// <summary>[B,V]: the logits after the last step.</summary>
    public float[] Logits { get; }

    /// <summary>Runs a step. If it fails, the states are unchanged.</summary>
    public void Run(InferenceSession session, RunOptions options)
    {
        if (!ReferenceEquals(session, _boundTo)) Bind(session);
        session.RunWithBinding(options, _bindings[_current]);
        _current = 1 - _current;
    }

    /// <summary>Returns a state vector of a row.</summary>
    public Span<float> State(int index, int row) => Vector(_states[_current], index, row);

    /// <summary>Sets the states: row i receives those of row <paramref name="selected"/>[i] of other buffers, or of these.</summary>
    public void Gather(StepBuffers from, ReadOnlySpan<int> selected)
    {
        float[][] source = from._states[from._current], target = _states[1 - _current];
        for (int i = 0; i < target.Length; i++)
            for (int row = 0; row < selected.Length; row++) Vector(source, i, selected[row]).CopyTo(Vector(target, i, row));
        _current = 1 - _current;
    }

    public void Dispose()
    {
        foreach (OrtIoBinding? binding in _bindings) binding?.Dispose();
        foreach ((_, OrtValue value) in _inputs) value.Dispose();
        foreach (OrtValue value in _stateValues.SelectMany(set => set)) value.Dispose();
        _logits.Dispose();
    }

    private Span<float> Vector(float[][] states, int index, int row) => states[index].AsSpan(row * _signature.Sizes[index], _signature.Sizes[index]);

    /// <summary>Binds all values to a session. A network that was closed has another one after it is opened again.</summary>
    private void Bind(InferenceSession session)
    {
        _boundTo = null;
        for (int set = 0; set < Sets; set++)
        {
            _bindings[set]?.Dispose();
            OrtIoBinding binding = session.CreateIoBinding();
            _bindings[set] = binding;
            foreach ((string name, OrtValue value) in _inputs) binding.BindInput(name, value);
            binding.BindOutput(NetworkSignature.Logits, _logits);
            for (int i = 0; i < _signature.States.Count; i++)
            {
                binding.BindInput(_signature.States[i], _stateValues[set][i]);
                binding.BindOutput(NetworkSignature.Next(_signature.States[i]), _stateValues[1 - set][i]);
            }
        }
        _boundTo = session;
    }
}
