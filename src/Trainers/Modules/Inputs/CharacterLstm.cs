using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A character encoder that reads a word with a bidirectional LSTM and concatenates the two last states (Lample et al., 2016, section 4.1).</summary>
internal sealed class CharacterLstm : CharacterEncoder
{
    private const int Directions = 2;
    private readonly BufferPool _buffers = new();
    private readonly RecurrentLayer _layer;
    private readonly LastPooling _last = new();

    public CharacterLstm(RnnTaggingNetworkOptions options, ParameterSet parameters, int threads)
    {
        Size = options.CharacterSize;
        var size = new LayerSize(options.CharacterEmbeddingSize, Size / Directions, Directions);
        _layer = new RecurrentLayer(parameters, "characters.recurrent", new LstmCell(), size, weightDropout: 0, threads, _buffers);
    }

    public override int Size { get; }

    public override Tensor Forward(LayerInput characters, PackedBatch words) =>
        _last.Forward(_layer.Forward(characters, words, ForwardMode.Scoring), words, Directions);

    public override string Export(OnnxGraph graph, string x, string lengths)
    {
        ExportedStates states = _layer.Export(graph, x, lengths);
        return _last.Export(graph, new ExportedSequence(states.All, states.Final, Mask: "")).Vector;
    }

    public override void Dispose() => _buffers.Dispose();
}
