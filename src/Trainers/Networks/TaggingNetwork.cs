using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Networks;

/// <summary>A network with one output per step (many-to-many, aligned): input layer → encoder → perceptron → head.</summary>
internal sealed class TaggingNetwork : Network
{
    private readonly Perceptron _perceptron;
    private readonly TagDecoderPlan _plan;
    private readonly FramePath? _frames;

    /// <param name="parameters">The parameters; the input layer has added its own.</param>
    /// <param name="input">The input layer.</param>
    /// <param name="options">The options of the network.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    /// <param name="head">Creates the head.</param>
    /// <param name="plan">The tags and the search for the best ones.</param>
    /// <param name="isValidated">Whether there are validation rows.</param>
    public TaggingNetwork(
        ParameterSet parameters,
        InputLayer input,
        RnnTaggingNetworkOptions options,
        int threads,
        Func<TaggingHeadSetup, TaggingHead> head,
        TagDecoderPlan plan,
        bool isValidated = false)
        : base(parameters, input, options, threads)
    {
        _plan = plan;
        _perceptron = new Perceptron(
            parameters, Encoder.OutputSize, options.HiddenSize, Encoder.HiddenLayersAfterPooling, options.Dropout, options.LockedDropout);
        Head = head(new TaggingHeadSetup(parameters, _perceptron.OutputSize, plan.Tags, options.PreviousTags));
        // The cells of a grid are read in patches: a state has no cell of its own.
        bool hasPath = options.LinearPath && options.Grid is null && input.ReadsFrames && Head.EmitsScores;
        _frames = hasPath ? new FramePath(parameters, input.Size, plan.Tags, isValidated) : null;
    }

    public TaggingHead Head { get; }

    /// <summary>Whether predictions keep the rules of spans.</summary>
    public bool KeepsRules => _plan.Rules is not null;

    /// <summary>Computes the outputs of the head.</summary>
    /// <returns>[N,R]</returns>
    public Tensor Forward(PackedBatch batch, ForwardMode mode)
    {
        (LayerInput x, Tensor read) = Read(batch, mode);                            // [N,F], [N,S]
        Tensor emissions = Head.Forward(read);                                      // [N,R]
        return (_frames is null ? emissions : emissions.Plus(_frames.Forward(x.Expanded(), mode))).cpu();
    }

    /// <summary>Computes the outputs of each path alone, which <see cref="Forward"/> averages.</summary>
    /// <returns>[N,R], and the same for the linear path; null if there is none.</returns>
    public (Tensor Recurrent, Tensor? Linear) ForwardPaths(PackedBatch batch, ForwardMode mode)
    {
        (LayerInput x, Tensor read) = Read(batch, mode);                            // [N,F], [N,S]
        return _frames is null
            ? (Head.Forward(read).cpu(), null)
            : (Head.Forward(read.Times(2)).cpu(), _frames.Forward(x.Expanded(), mode).Times(2).cpu());
    }

    /// <summary>Keeps the present weights of the linear path if their loss is lower than that of those that it has kept.</summary>
    /// <param name="loss">Computes the loss of the linear path alone, given its outputs for the vectors of a batch.</param>
    public void KeepBest(Func<Func<PackedBatch, Tensor>, double> loss)
    {
        if (_frames is null) return;
        double Of(Func<Tensor, Tensor> scores) => loss(batch => scores(Vectors(batch, ForwardMode.Scoring).Expanded()).Times(2).cpu());
        if (Of(_frames.Forward) < Of(frames => _frames.Forward(frames, ForwardMode.Scoring))) _frames.Weights.KeepBest();
    }

    /// <summary>Multiplies the scores of the tags by a factor, which makes the probabilities more or less certain.</summary>
    public void Sharpen(float factor)
    {
        Head.Sharpen(factor);
        _frames?.Weights.Scale(factor);
    }

    /// <summary>Creates a decoder with the present weights.</summary>
    public TagDecoder CreateDecoder() => TagDecoders.Create(Head.DecoderName, _plan, Head.DecoderWeights);

    public override byte[] Export()
    {
        var graph = new OnnxGraph("tagging", "A recurrent network with one output per step of sequences of tokens or frames.");
        (string x, _, string states, _) = ExportEncoder(graph);                                             // [T,B,F], [T,B,S]
        Head.Export(graph, _perceptron.ExportSteps(graph, ByRow(states)), _frames?.Export(graph, ByRow(x)));
        return graph.ToBytes();

        string ByRow(string steps) => graph.Node("Transpose", [steps], ("perm", new long[] { 1, 0, 2 }));   // [B,T,…]
    }

    private (LayerInput Vectors, Tensor Read) Read(PackedBatch batch, ForwardMode mode)
    {
        (LayerInput x, Tensor states) = Encode(batch, mode);                        // [U,F], [N,S]
        return (x, _perceptron.Forward(states, batch, mode));                       // [N,S]
    }
}
