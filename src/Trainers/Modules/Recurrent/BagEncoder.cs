using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// An encoder without recurrence: the state of a step is its vector, so that pooling gives a bag of embeddings. A multi-layer perceptron follows the pooling
/// (deep averaging network; Iyyer et al., 2015).
/// </summary>
internal sealed class BagEncoder(RnnEncoderOptions options, int inputs) : SequenceEncoder
{
    public override int OutputSize => inputs;

    public override int Directions => 1;

    public override int HiddenLayersAfterPooling => options.Layers;

    public override Tensor Forward(LayerInput input, PackedBatch batch, ForwardMode mode) => input.Expanded();

    // A bag has no last state. The validation of the options rejects poolings that use it.
    public override (string States, string Final) Export(OnnxGraph graph, string x, string lengths) => (x, "");
}
