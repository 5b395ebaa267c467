using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A linear-chain conditional random field over the tags (Lafferty et al., 2001; over a recurrent network: Huang et al., 2015).</summary>
internal sealed class CrfTaggingHead(TaggingHeadSetup setup) : TaggingHead
{
    private const float InitialBound = 0.1f;

    private readonly Linear _linear = new(setup.Parameters, "tags", setup.Size, setup.Tags);
    private readonly Parameter _transitions = setup.Parameters.Uniform("tags.transitions", InitialBound, setup.Tags + 2, setup.Tags);

    /// <summary>The score of each tag after each other one; the last two rows hold the scores of the first and of the last tag. [K+2,K]</summary>
    public Tensor Transitions => _transitions.Value;

    public override string DecoderName => TagDecoders.Chain;

    public override IReadOnlyList<float[]> DecoderWeights => [_transitions.ToArray()];

    public override Tensor Forward(Tensor states) => _linear.Forward(states);

    public override void Sharpen(float factor)
    {
        _linear.Scale(factor);
        foreach (ref float score in _transitions.Value.Span()) score *= factor;
    }

    public override void Export(OnnxGraph graph, string states, string? added)
    {
        const string AboutTransitions = "The score of each tag after each other one; the last two rows hold the scores of the first and of the last tag.";
        graph.OutputFloat(NetworkSignature.Emissions, "The score of each tag at each step.", "batch", "steps", setup.Tags);
        ExportEmissions(graph, _linear.ExportSteps(graph, states), added);
        graph.OutputFloat(NetworkSignature.Transitions, AboutTransitions, setup.Tags + 2, setup.Tags);
        graph.NamedNode(NetworkSignature.Transitions, "Identity", [_transitions.Export(graph)]);
    }
}
