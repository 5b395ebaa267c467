using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>An encoder of stacked recurrent layers, with dropout between them.</summary>
internal sealed class RecurrentStack : StatefulEncoder
{
    private readonly RecurrentLayer[] _layers;
    private readonly Dropout _dropout;
    private readonly BufferPool _buffers = new();

    public RecurrentStack(ParameterSet parameters, RnnEncoderOptions options, RecurrentCell cell, int inputs, int threads)
    {
        (Hidden, Directions, HasMemory) = (options.HiddenSize, options.Bidirectional ? 2 : 1, cell.HasMemory);
        _dropout = new Dropout(options.Dropout, options.LockedDropout);
        _layers = Enumerable.Range(0, options.Layers)
            .Select(i => new LayerSize(i == 0 ? inputs : OutputSize, Hidden, Directions))
            .Select((size, i) => new RecurrentLayer(parameters, $"recurrent.{i}", cell, size, options.WeightDropout, threads, _buffers))
            .ToArray();
    }

    public override int States => _layers.Length;

    public override int StateSize => Hidden;

    public override bool HasMemory { get; }

    /// <summary>H, the size of the state of one direction.</summary>
    public int Hidden { get; }

    public override int Directions { get; }

    /// <summary>D·H, the size of a state.</summary>
    public override int OutputSize => Directions * Hidden;

    public override GradientFlow? Flow
    {
        get => _layers[^1].Flow;
        set => _layers[^1].Flow = value;
    }

    /// <returns>[N,D·H]</returns>
    public override Tensor Forward(LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        bool isOnCpu = IsOnCpu(input);
        return Stacked(input, batch, mode, (layer, x, _) =>
            isOnCpu ? layer.Forward(x, batch, mode) : layer.ForwardWithOperators(x.Expanded(), batch, mode).States);
    }

    public override (Tensor States, RecurrentState[] Final) ForwardFrom(
        IReadOnlyList<RecurrentState>? initial, LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        return IsOnCpu(input)
            ? WithStates(input, batch, mode, (layer, x, i) => layer.ForwardFrom(initial?[i], x, batch, mode))
            : ForwardFromWithOperators(initial, input, batch, mode);
    }

    /// <summary>Computes the same with libtorch operators, for devices other than the CPU and as a reference in tests.</summary>
    internal Tensor ForwardWithOperators(LayerInput input, PackedBatch batch, ForwardMode mode) =>
        Stacked(input, batch, mode, (layer, x, _) => layer.ForwardWithOperators(x.Expanded(), batch, mode).States);

    /// <summary>Computes the same as <see cref="ForwardFrom"/> with libtorch operators, as a reference in tests.</summary>
    internal (Tensor States, RecurrentState[] Final) ForwardFromWithOperators(
        IReadOnlyList<RecurrentState>? initial, LayerInput input, PackedBatch batch, ForwardMode mode) =>
        WithStates(input, batch, mode, (layer, x, i) => layer.ForwardWithOperators(x.Expanded(), batch, mode, initial?[i]));

    private static bool IsOnCpu(LayerInput input) => input.Vectors.device_type == TorchSharp.DeviceType.CPU;

    private (Tensor States, RecurrentState[] Final) WithStates(
        LayerInput input, PackedBatch batch, ForwardMode mode, Func<RecurrentLayer, LayerInput, int, (Tensor States, RecurrentState Final)> run)
    {
        var final = new RecurrentState[_layers.Length];
        Tensor last = Stacked(input, batch, mode, (layer, x, i) =>
        {
            (Tensor states, final[i]) = run(layer, x, i);
            return states;
        });
        return (last, final);
    }

    private Tensor Stacked(LayerInput input, PackedBatch batch, ForwardMode mode, Func<RecurrentLayer, LayerInput, int, Tensor> run)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            Tensor states = run(_layers[i], input, i);
            input = new LayerInput(i + 1 < _layers.Length ? _dropout.Forward(states, batch, mode) : states, null);
        }
        return input.Vectors;
    }

    public override (ExportedStates Last, ExportedState[] Final) Export(
        OnnxGraph graph, string x, string lengths, IReadOnlyList<ExportedState>? initial)
    {
        var states = new ExportedStates(x, "", null);
        var final = new ExportedState[_layers.Length];
        for (int i = 0; i < _layers.Length; i++)
        {
            states = _layers[i].Export(graph, states.All, lengths, initial?[i]);
            final[i] = new ExportedState(states.Final, states.FinalMemory);
        }
        return (states, final);
    }

    /// <summary>Exports an encoder: the states of the last layer, its final states and, for a cell that has one, its final memory.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">[T,B,I]</param>
    /// <param name="lengths">[B]</param>
    public ExportedStates ExportEncoder(OnnxGraph graph, string x, string lengths)
    {
        var states = new ExportedStates(x, "", null);
        foreach (RecurrentLayer layer in _layers) states = layer.Export(graph, states.All, lengths, keepsMemory: layer == _layers[^1]);
        return states;
    }

    public override void Dispose() => _buffers.Dispose();
}
