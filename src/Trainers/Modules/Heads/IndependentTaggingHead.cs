using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Each step has its tag for itself: softmax.</summary>
internal sealed class IndependentTaggingHead(ParameterSet parameters, int size, int tags) : TaggingHead
{
    private readonly Linear _linear = new(parameters, "tags", size, tags);

    public override string DecoderName => TagDecoders.Independent;

    public override IReadOnlyList<float[]> DecoderWeights => [];

    public override Tensor Forward(Tensor states) => _linear.Forward(states);

    public override Tensor Loss(Tensor emissions, StepLabels labels, PackedBatch batch, float sharpness = 1) => CrossEntropy(emissions * sharpness, labels, batch);

    public override void Sharpen(float factor) => _linear.Scale(factor);

    public override void Export(OnnxGraph graph, string states)
    {
        graph.OutputFloat(NetworkSignature.Emissions, "The score of each tag at each step; its softmax is the probability.", "batch", "steps", tags);
        graph.NamedNode(NetworkSignature.Emissions, "Identity", [_linear.ExportSteps(graph, states)]);
    }
}
