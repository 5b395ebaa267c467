using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using TorchSharp;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>A graph of layers over grids in ONNX Runtime.</summary>
internal sealed class GridGraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly int _inputs;

    /// <param name="inputs">The size of a vector of a cell.</param>
    /// <param name="export">Adds the layers to a graph, given the graph and the cells.</param>
    public GridGraph(int inputs, Func<OnnxGraph, string, string> export)
    {
        _inputs = inputs;
        var graph = new OnnxGraph("grid", "Layers over grids.");
        string x = graph.InputFloat("x", "The cells.", "grids", "height", "width", inputs);
        graph.OutputFloat("states", "The states.", "grids", "rows", "columns", "states");
        graph.NamedNode("states", "Identity", [export(graph, x)]);
        _session = new InferenceSession(graph.ToBytes());
    }

    /// <summary>Asserts that the graph computes some states for grids of the same size.</summary>
    public void Computes(torch.Tensor expected, GridSize expectedSize, torch.Tensor x, GridSize size)
    {
        long grids = x.shape[0] / size.Cells;
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(x.data<float>().ToArray(), [grids, size.Height, size.Width, _inputs]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, ["x"], [input], ["states"]);
        Assert.Equal([grids, expectedSize.Height, expectedSize.Width, expected.shape[1]], outputs[0].GetTensorTypeAndShape().Shape);
        float[] states = expected.data<float>().ToArray(), actual = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        for (int i = 0; i < states.Length; i++) Assert.Equal(states[i], actual[i], 1e-5f);
    }

    public void Dispose() => _session.Dispose();
}
