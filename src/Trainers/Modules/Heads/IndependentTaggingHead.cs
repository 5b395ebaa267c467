using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Predicts the tag of each step independently of the others: softmax over the scores of the step.</summary>
internal sealed class IndependentTaggingHead(TaggingHeadSetup setup) : TaggingHead
{
    private readonly Linear _linear = new(setup.Parameters, "tags", setup.Size, setup.Tags);

    public override string DecoderName => TagDecoders.Independent;

    public override IReadOnlyList<float[]> DecoderWeights => [];

    public override Tensor Forward(Tensor states) => _linear.Forward(states);

    public override void Sharpen(float factor) => _linear.Scale(factor);

    public override void Export(OnnxGraph graph, string states, string? added)
    {
        graph.OutputFloat(NetworkSignature.Emissions, "The score of each tag at each step; its softmax is the probability.", "batch", "steps", setup.Tags);
        ExportEmissions(graph, _linear.ExportSteps(graph, states), added);
    }
}
