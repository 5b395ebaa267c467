using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// No recurrence (lecture row L1): the state of a step is its vector, so that pooling makes a bag of embeddings, and a multi-layer perceptron
/// follows (the deep averaging network of Iyyer et al., 2015).
/// </summary>
internal sealed class BagEncoder(RnnEncoderOptions options, int inputs) : SequenceEncoder
{
    public override int OutputSize => inputs;

    public override int Directions => 1;

    public override int HiddenLayersAfterPooling => options.Layers;

    public override Tensor Forward(LayerInput input, PackedBatch batch, ForwardMode mode) => input.Expanded();

    // Without an order there is no last state; the options refuse to ask for it.
    public override (string States, string Final) Export(OnnxGraph graph, string x, string lengths) => (x, "");
}
