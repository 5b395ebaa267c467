using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>Many-to-many, aligned (lecture row L4): input → encode → a tag for each step.</summary>
internal sealed class TaggingNetwork : Network
{
    private readonly Perceptron _perceptron;

    /// <param name="options">The network.</param>
    /// <param name="random">Where the first weights come from.</param>
    /// <param name="threads">How many threads a step may use.</param>
    /// <param name="input">Makes the input layer.</param>
    /// <param name="head">Makes the head over states of a size.</param>
    public TaggingNetwork(RnnTaggingNetworkOptions options, Generator random, int threads, Func<ParameterSet, InputLayer> input, Func<ParameterSet, int, TaggingHead> head)
        : base(options, random, threads, input)
    {
        _perceptron = new Perceptron(Parameters, Encoder.OutputSize, options.HiddenSize, Encoder.HiddenLayersAfterPooling, options.Dropout, options.LockedDropout);
        Head = head(Parameters, _perceptron.OutputSize);
    }

    public TaggingHead Head { get; }

    /// <summary>Whether predictions keep the rules of spans.</summary>
    public bool KeepsRules { get; init; }

    /// <returns>What the head says of each step, [N,R].</returns>
    public Tensor Forward(PackedBatch batch, ForwardMode mode)
    {
        Tensor states = Encode(batch, mode).States;                                 // [N,S]
        return Head.Forward(_perceptron.Forward(states, batch, mode)).cpu();        // [N,R]
    }

    public override byte[] Export()
    {
        var graph = new OnnxGraph("tagging", "What a recurrent network says of each step of token or frame sequences.");
        string states = ExportEncoder(graph).States;                                                        // [T,B,S]
        string byRow = graph.Node("Transpose", [states], ("perm", new long[] { 1, 0, 2 }));                 // [B,T,S]
        Head.Export(graph, _perceptron.ExportSteps(graph, byRow));
        return graph.ToBytes();
    }
}
