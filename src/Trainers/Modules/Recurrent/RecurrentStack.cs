using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>An encoder of stacked recurrent layers, with dropout between them.</summary>
internal sealed class RecurrentStack : SequenceEncoder
{
    private readonly RecurrentLayer[] _layers;
    private readonly Dropout _dropout;
    private readonly BufferPool _buffers = new();

    public RecurrentStack(ParameterSet parameters, RnnEncoderOptions options, RecurrentCell cell, int inputs, int threads)
    {
        (Hidden, Directions, _dropout) = (options.HiddenSize, options.Bidirectional ? 2 : 1, new Dropout(options.Dropout, options.LockedDropout));
        _layers = Enumerable.Range(0, options.Layers)
            .Select(i => new RecurrentLayer(parameters, $"recurrent.{i}", cell, i == 0 ? inputs : OutputSize, Hidden, Directions, threads, _buffers))
            .ToArray();
    }

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
        if (input.Vectors.device_type != TorchSharp.DeviceType.CPU) return ForwardWithOperators(input, batch, mode);
        Tensor states = _layers[0].Forward(input, batch);
        foreach (RecurrentLayer layer in _layers.Skip(1)) states = layer.Forward(new LayerInput(_dropout.Forward(states, batch, mode), null), batch);
        return states;
    }

    /// <summary>Computes the same with libtorch operators, for devices other than the CPU and as a reference in tests.</summary>
    internal Tensor ForwardWithOperators(LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        Tensor states = _layers[0].ForwardWithOperators(input.Expanded(), batch);
        foreach (RecurrentLayer layer in _layers.Skip(1)) states = layer.ForwardWithOperators(_dropout.Forward(states, batch, mode), batch);
        return states;
    }

    public override (string States, string Final) Export(OnnxGraph graph, string x, string lengths)
    {
        (string States, string Final) result = (x, "");
        foreach (RecurrentLayer layer in _layers) result = layer.Export(graph, result.States, lengths);
        return result;
    }

    public override void Dispose() => _buffers.Dispose();
}
