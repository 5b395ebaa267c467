using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>A network with one output per step (many-to-many, aligned): input layer → encoder → perceptron → head.</summary>
internal sealed class TaggingNetwork : Network
{
    private readonly Perceptron _perceptron;
    private readonly TagDecoderPlan _plan;
    private readonly bool _skips;

    /// <param name="parameters">The parameters; the input layer has added its own.</param>
    /// <param name="input">The input layer.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    /// <param name="head">Creates the head.</param>
    /// <param name="plan">The tags and the search for the best ones.</param>
    public TaggingNetwork(
        ParameterSet parameters, InputLayer input, RnnTaggingNetworkOptions options, int threads, Func<TaggingHeadSetup, TaggingHead> head, TagDecoderPlan plan)
        : base(parameters, input, options, threads)
    {
        _plan = plan;
        _perceptron = new Perceptron(
            parameters, Encoder.OutputSize, options.HiddenSize, Encoder.HiddenLayersAfterPooling, options.Dropout, options.LockedDropout);
        // The cells of a grid are read in patches: a state has no cell of its own.
        _skips = options.SkipConnection && options.Grid is null && input.ReadsFrames;
        Head = head(new TaggingHeadSetup(parameters, _perceptron.OutputSize + (_skips ? input.Size : 0), plan.Tags, options.PreviousTags));
    }

    public TaggingHead Head { get; }

    /// <summary>Whether predictions keep the rules of spans.</summary>
    public bool KeepsRules => _plan.Rules is not null;

    /// <summary>Computes the outputs of the head.</summary>
    /// <returns>[N,R]</returns>
    public Tensor Forward(PackedBatch batch, ForwardMode mode)
    {
        (LayerInput x, Tensor states) = Encode(batch, mode);                        // [U,F], [N,S]
        Tensor read = _perceptron.Forward(states, batch, mode);                     // [N,S]
        return Head.Forward(_skips ? cat([read, x.Expanded()], 1) : read).cpu();    // [N,R]
    }

    /// <summary>Creates a decoder with the present weights.</summary>
    public TagDecoder CreateDecoder() => TagDecoders.Create(Head.DecoderName, _plan, Head.DecoderWeights);

    public override byte[] Export()
    {
        var graph = new OnnxGraph("tagging", "A recurrent network with one output per step of sequences of tokens or frames.");
        (string x, _, string states, _) = ExportEncoder(graph);                                             // [T,B,F], [T,B,S]
        string read = _perceptron.ExportSteps(graph, ByRow(states));                                        // [B,T,S]
        Head.Export(graph, _skips ? graph.Node("Concat", [read, ByRow(x)], ("axis", 2L)) : read);
        return graph.ToBytes();

        string ByRow(string steps) => graph.Node("Transpose", [steps], ("perm", new long[] { 1, 0, 2 }));
    }
}
