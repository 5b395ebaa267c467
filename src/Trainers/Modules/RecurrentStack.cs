using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Recurrent layers one upon another (lecture row L9), with dropout between them.</summary>
internal sealed class RecurrentStack
{
    private readonly RecurrentLayer[] _layers;
    private readonly Dropout _dropout;

    public RecurrentStack(ParameterSet parameters, RnnNetworkOptions options, int inputs, int threads)
    {
        (Hidden, Directions, _dropout) = (options.HiddenSize, options.Bidirectional ? 2 : 1, new Dropout(options.Dropout));
        RecurrentCell cell = RecurrentCells.Get(options.Cell);
        _layers = Enumerable.Range(0, options.Layers)
            .Select(i => new RecurrentLayer(parameters, $"recurrent.{i}", cell, i == 0 ? inputs : OutputSize, Hidden, Directions, threads))
            .ToArray();
    }

    /// <summary>H.</summary>
    public int Hidden { get; }

    /// <summary>D.</summary>
    public int Directions { get; }

    /// <summary>D·H.</summary>
    public int OutputSize => Directions * Hidden;

    /// <param name="x">[N,I]</param>
    /// <param name="batch">How x is packed.</param>
    /// <param name="mode">Learning or scoring.</param>
    /// <returns>[N,D·H]</returns>
    public Tensor Forward(Tensor x, PackedBatch batch, ForwardMode mode)
    {
        for (int i = 0; i < _layers.Length; i++)
            x = _layers[i].Forward(i == 0 ? x : _dropout.Forward(x, mode), batch);
        return x;
    }

    /// <summary>The same with libtorch operators: the yardstick in tests.</summary>
    internal Tensor ForwardWithOperators(Tensor x, PackedBatch batch) => _layers.Aggregate(x, (y, layer) => layer.ForwardWithOperators(y, batch));

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
}
