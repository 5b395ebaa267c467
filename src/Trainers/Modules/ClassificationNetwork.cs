using MlNetRnn.Batching;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Many-to-one (lecture row L3): embed → encode → pool → linear. The scores are the softmax of what comes out.</summary>
internal sealed class ClassificationNetwork : IDisposable
{
    private readonly ParameterSet _parameters;
    private readonly Embedder _embedder;
    private readonly RecurrentStack _encoder;
    private readonly Pooling _pooling;
    private readonly Dropout _dropout;
    private readonly Linear _head;

    public ClassificationNetwork(RnnNetworkOptions options, int tokens, int classes, Generator random, int threads)
    {
        _parameters = new ParameterSet(random);
        _embedder = new Embedder(_parameters, tokens, options.EmbeddingSize, options.WordDropout, options.Dropout);
        _encoder = new RecurrentStack(_parameters, options, _embedder.Size, threads);
        (_pooling, _dropout) = (Poolings.Create(options.Pooling, _parameters, _encoder.OutputSize), new Dropout(options.Dropout));
        _head = new Linear(_parameters, "head", _encoder.OutputSize, classes);
    }

    public IReadOnlyList<Parameter> Parameters => _parameters.All;

    /// <returns>Logits [B,K], in the order of the batch's sorted rows.</returns>
    public Tensor Forward(PackedBatch batch, ForwardMode mode)
    {
        LayerInput x = _embedder.Forward(batch, mode);                              // [U,E]
        Tensor states = _encoder.Forward(x, batch, mode);                           // [N,D·H]
        Tensor pooled = _pooling.Forward(states, batch, _encoder.Directions);       // [B,D·H]
        return _head.Forward(_dropout.Forward(pooled, mode));                       // [B,K]
    }

    /// <summary>The network as an ONNX model with the inputs and outputs of <see cref="NetworkSignature"/>.</summary>
    public byte[] Export(int classes)
    {
        var graph = new OnnxGraph("classification", "Class probabilities of token sequences.");
        string tokens = graph.InputInt64(NetworkSignature.Tokens, "Token numbers, 0 after the end of a row.", "batch", "steps");
        string lengths = graph.InputInt32(NetworkSignature.Lengths, "The true length of each row, at least 1.", "batch");
        graph.OutputFloat(NetworkSignature.Scores, "The probability of each class.", "batch", classes);

        string byStep = graph.Node("Transpose", [tokens], ("perm", new long[] { 1, 0 }));                   // [T,B]
        (string states, string final) = _encoder.Export(graph, _embedder.Export(graph, byStep), lengths);
        string pooled = _pooling.Export(graph, new ExportedSequence(states, final, SequenceMask.Export(graph, byStep, lengths)));
        graph.NamedNode(NetworkSignature.Scores, "Softmax", [_head.Export(graph, pooled)], ("axis", -1L));  // [B,K]
        return graph.ToBytes();
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _parameters.Dispose();
    }
}
