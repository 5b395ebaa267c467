using MlNetRnn.Batching;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Many-to-many, aligned (lecture row L4): input → encode → a tag for each step.</summary>
internal sealed class TaggingNetwork : Network
{
    private readonly InputLayer _input;
    private readonly SequenceEncoder _encoder;
    private readonly Perceptron _perceptron;

    /// <param name="options">The network.</param>
    /// <param name="random">Where the first weights come from.</param>
    /// <param name="threads">How many threads a step may use.</param>
    /// <param name="input">Makes the input layer.</param>
    /// <param name="head">Makes the head over states of a size.</param>
    public TaggingNetwork(RnnTaggingNetworkOptions options, Generator random, int threads, Func<ParameterSet, InputLayer> input, Func<ParameterSet, int, TagHead> head)
        : base(random)
    {
        _input = input(Parameters);
        _encoder = SequenceEncoders.Create(Parameters, options, _input.Size, threads);
        _perceptron = new Perceptron(Parameters, _encoder.OutputSize, options.HiddenSize, _encoder.HiddenLayersAfterPooling, options.Dropout, options.LockedDropout);
        Head = head(Parameters, _perceptron.OutputSize);
    }

    public TagHead Head { get; }

    /// <summary>Whether predictions keep the rules of spans.</summary>
    public bool KeepsRules { get; init; }

    public override GradientFlow? Flow
    {
        get => _encoder.Flow;
        set => _encoder.Flow = value;
    }

    /// <returns>What the head says of each step, [N,R].</returns>
    public Tensor Forward(PackedBatch batch, ForwardMode mode)
    {
        LayerInput x = OnDevice(_input.Forward(batch, mode));                       // [U,E]
        Tensor states = _encoder.Forward(x, batch, mode);                           // [N,S]
        return Head.Forward(_perceptron.Forward(states, batch, mode)).cpu();        // [N,R]
    }

    public override byte[] Export()
    {
        var graph = new OnnxGraph("tagging", "What a recurrent network says of each step of token or frame sequences.");
        string x = _input.Export(graph);                                                                    // [T,B,E]
        string lengths = graph.InputInt32(NetworkSignature.Lengths, "The true length of each row, at least 1.", "batch");
        string states = _encoder.Export(graph, x, lengths).States;                                          // [T,B,S]
        string byRow = graph.Node("Transpose", [states], ("perm", new long[] { 1, 0, 2 }));                 // [B,T,S]
        Head.Export(graph, _perceptron.ExportSteps(graph, byRow));
        return graph.ToBytes();
    }

    public override void Dispose()
    {
        _encoder.Dispose();
        (_input as IDisposable)?.Dispose();
        base.Dispose();
    }
}
