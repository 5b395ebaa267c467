using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>An encoder of sequences: source → vectors → recurrent layers.</summary>
internal sealed class RecurrentEncoder : SourceEncoder
{
    private readonly InputLayer _input;
    private readonly RecurrentStack _layers;
    private readonly Dropout _dropout;

    /// <param name="parameters">Receives the weights of the layers; the input layer has added its own.</param>
    /// <param name="input">The input layer.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public RecurrentEncoder(ParameterSet parameters, InputLayer input, RnnTranslationNetworkOptions options, int threads)
    {
        _input = input;
        _layers = new RecurrentStack(parameters, options.OfEncoder, RecurrentCells.Find(options)!, input.Size, threads);
        _dropout = new Dropout(options.Dropout, options.LockedDropout);
    }

    public override GradientFlow? Flow
    {
        get => _layers.Flow;
        set => _layers.Flow = value;
    }

    /// <returns>The source states, [N,C], and the state of the last layer after the last step of each row.</returns>
    public override (Tensor States, RecurrentState Last) Forward(PackedBatch source, Device device, ForwardMode mode)
    {
        LayerInput x = _input.Forward(source, mode);                                                          // [U,E]
        if (device.type != DeviceType.CPU) x = x with { Vectors = x.Vectors.to(device) };
        (Tensor states, RecurrentState[] final) = _layers.ForwardFrom(null, x, source, mode);                 // [N,C]
        return (_dropout.Forward(states, source, mode), final[^1]);
    }

    public override ExportedStates Export(OnnxGraph graph)
    {
        string x = _input.Export(graph);                                                                      // [S,B,E]
        string lengths = graph.InputInt32(NetworkSignature.Lengths, "The true length of each row, at least 1.", "batch");
        return _layers.ExportEncoder(graph, x, lengths);
    }

    public override void Dispose()
    {
        _layers.Dispose();
        _input.Dispose();
    }
}
