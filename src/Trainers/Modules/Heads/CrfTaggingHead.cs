using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using MlNetRnn.Onnx;
using MlNetRnn.Tags;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A linear-chain conditional random field over the tags (Lafferty et al., 2001; over a recurrent network: Huang et al., 2015).</summary>
/// <param name="parameters">Where the weights go.</param>
/// <param name="size">S, the size of a state.</param>
/// <param name="tags">K.</param>
/// <param name="rules">What may follow what; null where anything may.</param>
internal sealed class CrfTaggingHead(ParameterSet parameters, int size, int tags, TagScheme? rules) : TaggingHead
{
    private const float InitialBound = 0.1f;

    private readonly Linear _linear = new(parameters, "tags", size, tags);
    private readonly Parameter _transitions = parameters.Uniform("tags.transitions", InitialBound, tags + 2, tags);

    public override string DecoderName => TagDecoders.Chain;

    public override IReadOnlyList<float[]> DecoderWeights => [_transitions.ToArray()];

    public override Tensor Forward(Tensor states) => _linear.Forward(states);

    public override Tensor Loss(Tensor emissions, StepLabels labels, PackedBatch batch, float sharpness = 1) =>
        CrfLossFunction.Apply(WithCosts(emissions * sharpness, labels), _transitions.Value * sharpness, labels, batch, rules);

    public override void Sharpen(float factor)
    {
        _linear.Scale(factor);
        foreach (ref float score in _transitions.Value.Span()) score *= factor;
    }

    public override void Export(OnnxGraph graph, string states)
    {
        graph.OutputFloat(NetworkSignature.Emissions, "What each step says of its own tag.", "batch", "steps", tags);
        graph.NamedNode(NetworkSignature.Emissions, "Identity", [_linear.ExportSteps(graph, states)]);
        graph.OutputFloat(NetworkSignature.Transitions, "The score of each tag after each other one; in the last two rows those of the first and of the last tag.", tags + 2, tags);
        graph.NamedNode(NetworkSignature.Transitions, "Identity", [_transitions.Export(graph)]);
    }
}
