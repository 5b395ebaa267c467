using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A linear model of the single frame beside a tagger: scores of the tags that depend on no other step. It keeps the weights of the epoch in which it is best
/// by itself, as <see cref="WidePath"/> does.
/// </summary>
internal sealed class FramePath
{
    private const string Name = "wide.frames";

    // The weights of a frame learn as fast as those of an n-gram (WidePath), whose inputs have the norm 1.
    private const float Gain = 20;

    private readonly int _size;
    private readonly float _gain;

    /// <param name="parameters">Receives the weights.</param>
    /// <param name="size">The size of a frame, F.</param>
    /// <param name="tags">The number of tags, K.</param>
    /// <param name="isValidated">Whether validation rows find the best weights; otherwise the last ones are used.</param>
    public FramePath(ParameterSet parameters, int size, int tags, bool isValidated)
    {
        (_size, _gain) = (size, Gain / MathF.Sqrt(size));
        // The last column is the bias.
        Weights = new PathWeights(
            parameters.Zero($"{Name}.weight", tags, size + 1), isValidated ? parameters.ZeroTable($"{Name}.best", isCopy: true, tags, size + 1) : null);
    }

    public PathWeights Weights { get; }

    /// <summary>Computes the scores of the tags: in training with the weights of the last step, otherwise with the best ones.</summary>
    /// <param name="frames">[N,F]</param>
    /// <param name="mode">Training or scoring.</param>
    /// <returns>[N,K]</returns>
    public Tensor Forward(Tensor frames, ForwardMode mode) => Forward(frames, Weights.For(mode));

    /// <summary>Computes the scores of the tags with the weights of the last step.</summary>
    /// <returns>[N,K]</returns>
    public Tensor Forward(Tensor frames) => Forward(frames, Weights.Trained);

    /// <param name="graph">The graph.</param>
    /// <param name="frames">The name of the frames, [B,T,F].</param>
    /// <returns>[B,T,K]</returns>
    public string Export(OnnxGraph graph, string frames)
    {
        string weight = graph.Constant(Weights.Trained.Name, Weights.Best.Value.Span(), Weights.Best.Value.shape);  // [K,F+1]
        string byInput = graph.Node("Transpose", [weight], ("perm", new long[] { 1, 0 }));                          // [F+1,K]
        string Rows(long first, long end) => graph.Node("Slice", [byInput, graph.Constant([first], 1), graph.Constant([end], 1), graph.Constant([0], 1)]);
        string scores = graph.Node("Add", [graph.Node("MatMul", [frames, Rows(0, _size)]), Rows(_size, _size + 1)]);
        return graph.Node("Mul", [scores, graph.Scalar(_gain)]);
    }

    private Tensor Forward(Tensor frames, Parameter parameter)
    {
        Tensor weight = parameter.On(frames.device);                                // [K,F+1]
        return nn.functional.linear(frames, weight.narrow(1, 0, _size), weight.select(1, _size)).Times(_gain);      // [N,K]
    }
}
