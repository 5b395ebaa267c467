using MlNetRnn.Kernels;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Predicts one of K ordinal classes by the proportional odds model (McCullagh, 1980): one number s per sequence, and P(class &gt; k) = σ(s − θ_k) with
/// thresholds θ_1 &lt; … &lt; θ_{K−1}. The parameters are the first threshold and the logarithms of the distances between thresholds.
/// </summary>
internal sealed class OrdinalHead : PooledHead
{
    private readonly Parameter _first;
    private readonly Parameter? _distances;     // null for two classes
    private readonly int _classes;

    public OrdinalHead(ParameterSet parameters, int size, int classes)
        : base(parameters, size, 1)
    {
        _classes = classes;
        // Thresholds at −(K−2)/2 … (K−2)/2: equally spaced about the first outputs, which are near 0.
        _first = parameters.Bias("head.threshold", -(classes - 2) / 2f, 1);
        _distances = classes > 2 ? parameters.Bias("head.distances", 0, classes - 2) : null;
    }

    /// <returns>s − θ_k, the logits of P(class &gt; k), [B,K−1], descending.</returns>
    public override Tensor Forward(Tensor? pooled, Tensor? wide)
    {
        Tensor score = base.Forward(pooled, wide);                                  // [B,1]
        return score - Thresholds().to(score.device);
    }

    public override void Sharpen(float factor)
    {
        base.Sharpen(factor);
        _first.Value.Span()[0] *= factor;
        if (_distances is null) return;
        foreach (ref float logarithm in _distances.Value.Span()) logarithm += MathF.Log(factor);
    }

    public override void Export(OnnxGraph graph, string pooled)
    {
        graph.OutputFloat(NetworkSignature.Scores, "The probability of each class.", "batch", _classes);
        using DisposeScope scope = NewDisposeScope();
        Tensor thresholds = Thresholds();
        // The graph does not use the parameters themselves. They are stored so that training can continue from the model.
        _first.Export(graph);
        _distances?.Export(graph);
        string logits = graph.Node("Sub", [ExportScores(graph, pooled), graph.Constant("head.thresholds", thresholds.Span(), _classes - 1)]);
        string above = graph.Node("Sigmoid", [logits]);                                                 // [B,K−1]
        string first = graph.Node("Slice", [above, graph.Constant([0], 1), graph.Constant([1], 1), graph.Constant([1], 1)]);   // [B,1]
        string zeros = graph.Node("Mul", [first, graph.Scalar(0)]), ones = graph.Node("Add", [zeros, graph.Scalar(1)]);
        string least = graph.Node("Concat", [ones, above], ("axis", 1L)), more = graph.Node("Concat", [above, zeros], ("axis", 1L));
        graph.NamedNode(NetworkSignature.Scores, "Sub", [least, more]);
    }

    private Tensor Thresholds() => _distances is null ? _first.Value.alias() : cat([_first.Value, _distances.Value.exp()]).cumsum(0);      // [K−1]
}
