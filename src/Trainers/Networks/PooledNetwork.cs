using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>Many-to-one (lecture row L3): input → encode → pool → head.</summary>
internal sealed class PooledNetwork : Network
{
    private readonly Pooling _pooling;
    private readonly Pooling? _wordPooling;
    private readonly Perceptron _perceptron;

    /// <param name="options">The network.</param>
    /// <param name="random">Where the first weights come from.</param>
    /// <param name="threads">How many threads a step may use.</param>
    /// <param name="input">Makes the input layer.</param>
    /// <param name="head">Makes the head over vectors of a size.</param>
    public PooledNetwork(RnnNetworkOptions options, Generator random, int threads, Func<ParameterSet, InputLayer> input, Func<ParameterSet, int, Head> head)
        : base(options, random, threads, input)
    {
        _pooling = Poolings.Create(options, Parameters, Encoder.OutputSize);
        _wordPooling = options.PoolWords ? new MaxPooling() : null;
        int pooled = _pooling.OutputSize(Encoder.OutputSize) + (_wordPooling?.OutputSize(Input.Size) ?? 0);
        _perceptron = new Perceptron(Parameters, pooled, options.HiddenSize, Encoder.HiddenLayersAfterPooling, options.Dropout);
        Head = head(Parameters, _perceptron.OutputSize);
    }

    public Head Head { get; }

    /// <returns>What the head says, [B,R], in the order of the batch's sorted rows.</returns>
    public Tensor Forward(PackedBatch batch, ForwardMode mode)
    {
        (LayerInput x, Tensor states) = Encode(batch, mode);                        // [U,E], [N,S]
        Tensor pooled = _pooling.Forward(states, batch, Encoder.Directions);        // [B,S]
        if (_wordPooling is not null) pooled = cat([pooled, _wordPooling.Forward(x.Expanded(), batch, directions: 1)], 1);      // [B,S+E]
        return Head.Forward(_perceptron.Forward(pooled, mode)).cpu();               // [B,R]
    }

    public override byte[] Export()
    {
        var graph = new OnnxGraph("pooled", "What a recurrent network says of token or frame sequences.");
        (string x, string lengths, string states, string final) = ExportEncoder(graph);
        string mask = SequenceMask.Export(graph, x, lengths);
        ExportedPooling pooled = _pooling.Export(graph, new ExportedSequence(states, final, mask));
        if (_wordPooling is not null)
            pooled = pooled with { Vector = graph.Node("Concat", [pooled.Vector, _wordPooling.Export(graph, new ExportedSequence(x, "", mask)).Vector], ("axis", 1L)) };
        Head.Export(graph, _perceptron.Export(graph, pooled.Vector));
        if (pooled.Weights is { } weights)
        {
            graph.OutputFloat(NetworkSignature.Attention, "The weight of each step.", "batch", "steps");
            string byStep = graph.Node("Squeeze", [weights, graph.Constant([2], 1)]);                       // [T,B]
            graph.NamedNode(NetworkSignature.Attention, "Transpose", [byStep], ("perm", new long[] { 1, 0 }));
        }
        return graph.ToBytes();
    }
}
