using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>The encoder of a translation model: source → vectors → recurrent layers.</summary>
internal sealed class TranslationEncoder : IDisposable
{
    private readonly InputLayer _input;
    private readonly RecurrentStack _layers;
    private readonly Dropout _dropout;

    /// <param name="parameters">Receives the weights of the layers; the input layer has added its own.</param>
    /// <param name="input">The input layer.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public TranslationEncoder(ParameterSet parameters, InputLayer input, RnnTranslationNetworkOptions options, int threads)
    {
        _input = input;
        _layers = new RecurrentStack(parameters, options.OfEncoder, RecurrentCells.Find(options)!, input.Size, threads);
        _dropout = new Dropout(options.Dropout, options.LockedDropout);
    }

    /// <summary>C, the size of a source state.</summary>
    public int OutputSize => _layers.OutputSize;

    /// <summary>Receives the norms of the gradients of the last layer; null if they are not recorded.</summary>
    public GradientFlow? Flow
    {
        get => _layers.Flow;
        set => _layers.Flow = value;
    }

    /// <summary>Reads a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="device">The device that computes.</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>The source states, [N,C], and the state of the last layer after the last step of each row.</returns>
    public (Tensor States, RecurrentState Last) Forward(PackedBatch source, Device device, ForwardMode mode)
    {
        LayerInput x = _input.Forward(source, mode);                                                          // [U,E]
        if (device.type != DeviceType.CPU) x = x with { Vectors = x.Vectors.to(device) };
        (Tensor states, RecurrentState[] final) = _layers.ForwardFrom(null, x, source, mode);                 // [N,C]
        return (_dropout.Forward(states, source, mode), final[^1]);
    }

    /// <summary>Exports the encoder.</summary>
    /// <returns>The states [S,B,C], the last states [D,B,H'] and the last memory [D,B,H']; null for cells without memory.</returns>
    public ExportedStates Export(OnnxGraph graph)
    {
        string x = _input.Export(graph);                                                                      // [S,B,E]
        string lengths = graph.InputInt32(NetworkSignature.Lengths, "The true length of each row, at least 1.", "batch");
        return _layers.ExportEncoder(graph, x, lengths);
    }

    public void Dispose()
    {
        _layers.Dispose();
        _input.Dispose();
    }
}
