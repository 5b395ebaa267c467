using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>A network with one output per sequence (many-to-one): input layer → encoder → pooling → perceptron → head.</summary>
internal sealed class PooledNetwork : Network
{
    private readonly Pooling _pooling;
    private readonly Pooling? _wordPooling;
    private readonly Perceptron _perceptron;

    /// <param name="parameters">The parameters; the input layer has added its own.</param>
    /// <param name="input">The input layer.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    /// <param name="head">Creates the head for vectors of a size.</param>
    /// <param name="wide">Creates the wide path for the head, or null for none.</param>
    public PooledNetwork(
        ParameterSet parameters,
        InputLayer input,
        RnnNetworkOptions options,
        int threads,
        Func<ParameterSet, int, PooledHead> head,
        Func<ParameterSet, PooledHead, WidePath?>? wide = null)
        : base(parameters, input, options, threads)
    {
        _pooling = Poolings.Create(options, parameters, Encoder.OutputSize);
        _wordPooling = options.PoolWords ? new MaxPooling() : null;
        int pooled = _pooling.OutputSize(Encoder.OutputSize) + (_wordPooling?.OutputSize(input.Size) ?? 0);
        _perceptron = new Perceptron(parameters, pooled, options.HiddenSize, Encoder.HiddenLayersAfterPooling, options.Dropout);
        Head = head(parameters, _perceptron.OutputSize);
        Head.Wide = wide?.Invoke(parameters, Head);
    }

    public PooledHead Head { get; }

    /// <summary>Computes the outputs of the head.</summary>
    /// <returns>[B,R], in the order of the batch's sorted rows.</returns>
    public Tensor Forward(PackedBatch batch, ForwardMode mode) => Head.Forward(Pooled(batch, mode), Head.Wide?.Forward(batch, mode)).cpu();    // [B,R]

    /// <summary>Computes the outputs of each path alone, which <see cref="Forward"/> averages.</summary>
    /// <returns>[B,R], and the same for the wide path; null if there is none.</returns>
    public (Tensor Recurrent, Tensor? Wide) ForwardPaths(PackedBatch batch, ForwardMode mode)
    {
        Tensor pooled = Pooled(batch, mode);                                        // [B,S]
        return Head.Wide is null
            ? (Head.Forward(pooled, null).cpu(), null)
            : (Head.Forward(pooled.Times(2), null).cpu(), Head.Forward(null, Head.Wide.Forward(batch, mode).Times(2)));
    }

    /// <summary>Computes the vectors that the head reads, [B,S].</summary>
    private Tensor Pooled(PackedBatch batch, ForwardMode mode)
    {
        (LayerInput x, Tensor states) = Encode(batch, mode);                        // [U,E], [N,S]
        PackedBatch layout = Encoder.Layout(batch);
        Tensor pooled = _pooling.Forward(states, layout, Encoder.Directions);       // [B,S]
        if (!ReferenceEquals(layout, batch)) pooled = pooled.index_select(0, tensor(PackedLayout.Inverse(layout), device: pooled.device));
        if (_wordPooling is not null) pooled = cat([pooled, _wordPooling.Forward(x.Expanded(), batch, directions: 1)], 1);      // [B,S+E]
        return _perceptron.Forward(pooled, mode);
    }

    public override byte[] Export()
    {
        var graph = new OnnxGraph("pooled", "A recurrent network with one output per sequence of tokens or frames.");
        (string x, string lengths, string states, string final) = ExportEncoder(graph);
        string mask = SequenceMask.Export(graph, states, lengths);
        ExportedPooling pooled = _pooling.Export(graph, new ExportedSequence(states, final, mask));
        if (_wordPooling is not null)
        {
            string words = _wordPooling.Export(graph, new ExportedSequence(x, "", mask)).Vector;
            pooled = pooled with { Vector = graph.Node("Concat", [pooled.Vector, words], ("axis", 1L)) };
        }
        Head.Export(graph, _perceptron.Export(graph, pooled.Vector));
        if (pooled.Weights is { } weights)
        {
            graph.OutputFloat(NetworkSignature.Attention, "The weight of each step.", "batch", "steps");
            string byStep = graph.Node("Squeeze", [Encoder.ExportToSteps(graph, weights, x), graph.Constant([2], 1)]);                       // [T,B]
            graph.NamedNode(NetworkSignature.Attention, "Transpose", [byStep], ("perm", new long[] { 1, 0 }));
        }
        return graph.ToBytes();
    }
}
