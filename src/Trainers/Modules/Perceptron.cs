using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Hidden layers of rectified linear units between pooling and output, with dropout before each layer and before the output. Without layers, only dropout.
/// </summary>
internal sealed class Perceptron
{
    private readonly Linear[] _layers;
    private readonly Dropout _dropout;

    public Perceptron(ParameterSet parameters, int inputs, int hidden, int layers, float dropout, bool isLocked = false)
    {
        _layers = [.. Enumerable.Range(0, layers).Select(i => new Linear(parameters, $"perceptron.{i}", i == 0 ? inputs : hidden, hidden))];
        (_dropout, OutputSize) = (new Dropout(dropout, isLocked), layers == 0 ? inputs : hidden);
    }

    public int OutputSize { get; }

    /// <param name="x">[B,I]</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>[B,H]</returns>
    public Tensor Forward(Tensor x, ForwardMode mode) =>
        _layers.Aggregate(_dropout.Forward(x, mode), (value, layer) => _dropout.Forward(layer.Forward(value).relu(), mode));

    /// <param name="x">[N,I], a vector for each step.</param>
    /// <param name="batch">Layout of the steps.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>[N,H]</returns>
    public Tensor Forward(Tensor x, PackedBatch batch, ForwardMode mode) =>
        _layers.Aggregate(_dropout.Forward(x, batch, mode), (value, layer) => _dropout.Forward(layer.Forward(value).relu(), batch, mode));

    /// <summary>Exports the layers for the last dimension of a value with any number of dimensions.</summary>
    public string ExportSteps(OnnxGraph graph, string x) =>
        _layers.Aggregate(x, (value, layer) => graph.Node("Relu", [layer.ExportSteps(graph, value)]));

    public string Export(OnnxGraph graph, string x) =>
        _layers.Aggregate(x, (value, layer) => graph.Node("Relu", [layer.Export(graph, value)]));
}
