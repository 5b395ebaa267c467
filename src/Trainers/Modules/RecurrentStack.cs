using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Recurrent layers one upon another (lecture row L9), with dropout between them.</summary>
internal sealed class RecurrentStack : IDisposable
{
    private readonly RecurrentLayer[] _layers;
    private readonly Dropout _dropout;
    private readonly BufferPool _buffers = new();

    public RecurrentStack(ParameterSet parameters, RnnNetworkOptions options, int inputs, int threads)
    {
        (Hidden, Directions, _dropout) = (options.HiddenSize, options.Bidirectional ? 2 : 1, new Dropout(options.Dropout));
        RecurrentCell cell = RecurrentCells.Get(options.Cell);
        _layers = Enumerable.Range(0, options.Layers)
            .Select(i => new RecurrentLayer(parameters, $"recurrent.{i}", cell, i == 0 ? inputs : OutputSize, Hidden, Directions, threads, _buffers))
            .ToArray();
    }

    /// <summary>H.</summary>
    public int Hidden { get; }

    /// <summary>D.</summary>
    public int Directions { get; }

    /// <summary>D·H.</summary>
    public int OutputSize => Directions * Hidden;

    /// <param name="input">The vectors of the batch's tokens.</param>
    /// <param name="batch">How the tokens are packed.</param>
    /// <param name="mode">Learning or scoring.</param>
    /// <returns>[N,D·H]</returns>
    public Tensor Forward(LayerInput input, PackedBatch batch, ForwardMode mode)
    {
        Tensor states = _layers[0].Forward(input, batch);
        foreach (RecurrentLayer layer in _layers.Skip(1)) states = layer.Forward(new LayerInput(_dropout.Forward(states, mode), null), batch);
        return states;
    }

    /// <summary>The same with libtorch operators: the yardstick in tests.</summary>
    internal Tensor ForwardWithOperators(LayerInput input, PackedBatch batch) =>
        _layers.Aggregate(input.Expanded(), (states, layer) => layer.ForwardWithOperators(states, batch));

    /// <param name="graph">The graph.</param>
    /// <param name="x">[T,B,I]</param>
    /// <param name="lengths">[B]</param>
    /// <returns>The states [T,B,D·H] and the final states [D,B,H] of the last layer.</returns>
    public (string States, string Final) Export(OnnxGraph graph, string x, string lengths)
    {
        (string States, string Final) result = (x, "");
        foreach (RecurrentLayer layer in _layers) result = layer.Export(graph, result.States, lengths);
        return result;
    }

    public void Dispose() => _buffers.Dispose();
}
