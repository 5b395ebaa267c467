using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A feed-forward encoder of the last k steps (neural probabilistic language model; Bengio et al., 2003): their vectors side by side, then hidden layers of
/// tanh. Its state is the last k - 1 vectors, oldest first, so that it is read in windows and step by step like a recurrent layer. Before the first step of a
/// row, the vectors are 0.
/// </summary>
internal sealed class WindowEncoder : StatefulEncoder
{
    private readonly Linear[] _layers;
    private readonly Dropout _dropout;
    private readonly int _window, _inputs;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="options">The options of the network, with a window of 2 or more.</param>
    /// <param name="inputs">E, the size of a vector.</param>
    public WindowEncoder(ParameterSet parameters, RnnLanguageNetworkOptions options, int inputs)
    {
        (_window, _inputs, OutputSize) = (options.Window, inputs, options.HiddenSize);
        _dropout = new Dropout(options.Dropout, options.LockedDropout);
        _layers = [.. Enumerable.Range(0, options.Layers).Select(i =>
            new Linear(parameters, $"window.{i}", i == 0 ? _window * inputs : OutputSize, OutputSize))];
    }

    public override int OutputSize { get; }

    public override int Directions => 1;

    public override int States => 1;

    /// <summary>(k-1)·E.</summary>
    public override int StateSize => (_window - 1) * _inputs;

    public override bool HasMemory => false;

    public override Tensor Forward(LayerInput input, PackedBatch batch, ForwardMode mode) => ForwardFrom(null, input, batch, mode).States;

    public override (Tensor States, RecurrentState[] Final) ForwardFrom(
        IReadOnlyList<RecurrentState>? initial, LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        int rows = batch.Rows.Length;
        Tensor before = initial is null
            ? zeros(rows * (_window - 1), _inputs, input.Vectors.dtype, input.Vectors.device)
            : initial[0].Hidden.to(input.Vectors.device).reshape(-1, _inputs);                              // [B·(k-1),E]
        Tensor all = cat([before, input.Vectors], 0);                                                       // [B·(k-1)+U,E]
        Tensor x = Gather(all, Windows(input, batch, before.shape[0])).view(batch.Count, _window * _inputs);      // [N,k·E]
        for (int i = 0; i < _layers.Length; i++)
        {
            if (i > 0) x = _dropout.Forward(x, batch, mode);
            x = _layers[i].Forward(x).tanh();                                                               // [N,H]
        }
        Tensor final = Gather(all, LastVectors(input, batch, before.shape[0])).view(1, rows, StateSize);    // [1,B,(k-1)·E]
        return (x, [new RecurrentState(final, null)]);
    }

    public override (ExportedStates Last, ExportedState[] Final) Export(
        OnnxGraph graph, string x, string lengths, IReadOnlyList<ExportedState>? initial)
    {
        if (initial is null) throw new NotSupportedException("The export of a window encoder: expected an initial state, got none.");
        string byRow = graph.Node("Reshape", [initial[0].Hidden, graph.Constant([-1, _window - 1, _inputs], 3)]);       // [B,k-1,E]
        string before = graph.Node("Transpose", [byRow], ("perm", new long[] { 1, 0, 2 }));                             // [k-1,B,E]
        string all = graph.Node("Concat", [before, x], ("axis", 0L));                                                   // [T+k-1,B,E]
        string[] lags = [.. Enumerable.Range(0, _window).Select(first => graph.Node("Slice",
        [
            all, graph.Constant([first], 1), graph.Constant([first + 1 < _window ? first + 1 - _window : long.MaxValue], 1), graph.Constant([0], 1),
        ]))];                                                                                                           // k × [T,B,E]
        string states = graph.Node("Concat", lags, ("axis", 2L));                                                       // [T,B,k·E]
        foreach (Linear layer in _layers) states = graph.Node("Tanh", [layer.ExportSteps(graph, states)]);              // [T,B,H]
        string ends = graph.Node("Cast", [graph.Node("Unsqueeze", [lengths, graph.Constant([1], 1)])], ("to", 7L));     // [B,1]
        string last = AtRow(states, graph.Node("Sub", [ends, graph.Constant([1], 1)]));                                 // [B,H]
        string places = graph.Node("Add", [ends, graph.Constant([.. Enumerable.Range(0, _window - 1).Select(i => (long)i)], _window - 1)]); // [B,k-1]
        string vectors = AtRow(all, graph.Node("Unsqueeze", [places, graph.Constant([2], 1)]));                         // [B,k-1,E]
        string final = graph.Node("Reshape", [vectors, graph.Constant([1, -1, StateSize], 3)]);                         // [1,B,(k-1)·E]
        return (new ExportedStates(states, graph.Node("Unsqueeze", [last, graph.Constant([0], 1)]), null), [new ExportedState(final, null)]);

        // Takes steps of each row: [T,B,S] and [B,…,1] to [B,…,S].
        string AtRow(string steps, string at) =>
            graph.Node("GatherND", [graph.Node("Transpose", [steps], ("perm", new long[] { 1, 0, 2 })), at], ("batch_dims", 1L));
    }

    /// <summary>Returns which vectors are the last k ones of each step, oldest first, [N·k].</summary>
    private long[] Windows(LayerInput input, PackedBatch batch, long offset)
    {
        var result = new long[batch.Count * _window];
        for (int t = 0; t < batch.Steps; t++)
            for (int b = 0; b < batch.RowsAt[t]; b++)
                for (int j = 0; j < _window; j++) result[batch.Position(b, t) * _window + j] = Place(input, batch, offset, b, t - _window + 1 + j);
        return result;
    }

    /// <summary>Returns which vectors are the last k - 1 ones of each row, oldest first, [B·(k-1)].</summary>
    private long[] LastVectors(LayerInput input, PackedBatch batch, long offset)
    {
        int kept = _window - 1;
        var result = new long[batch.Rows.Length * kept];
        for (int b = 0; b < batch.Rows.Length; b++)
            for (int j = 0; j < kept; j++) result[b * kept + j] = Place(input, batch, offset, b, batch.Lengths[b] - kept + j);
        return result;
    }

    /// <summary>Returns the place of the vector of a step; a step below 0 is one of the initial state.</summary>
    private long Place(LayerInput input, PackedBatch batch, long offset, int row, int step)
    {
        if (step < 0) return (long)row * (_window - 1) + _window - 1 + step;
        int position = batch.Position(row, step);
        return offset + (input.Places is { } places ? places[position] : position);
    }

    private static Tensor Gather(Tensor all, long[] places) => all.index_select(0, tensor(places, device: all.device));
}
