using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The last k tags feed the next step (lecture row L6): hidden units = tanh(A h_t + Σ_j V_j[tag t−j] ), scores = B · units. While learning, the tags before are
/// the true ones (teacher forcing).
/// </summary>
/// <param name="parameters">Where the weights go.</param>
/// <param name="size">S, the size of a state.</param>
/// <param name="tags">K.</param>
/// <param name="order">k, at least 1.</param>
internal sealed class PreviousTagsTaggingHead(ParameterSet parameters, int size, int tags, int order) : TaggingHead
{
    private const int Units = 64;
    private const float InitialBound = 0.3f;

    private readonly Linear _units = new(parameters, "tags.units", size, Units);
    private readonly Parameter _previous = parameters.Uniform("tags.previous", InitialBound, order, tags + 1, Units);
    private readonly Linear _scores = new(parameters, "tags", Units, tags);

    public override string DecoderName => TagDecoders.PreviousTags;

    public override IReadOnlyList<float[]> DecoderWeights => [_previous.ToArray(), _scores.Joined()];

    /// <returns>[N,M]</returns>
    public override Tensor Forward(Tensor states) => _units.Forward(states);

    public override Tensor Loss(Tensor emissions, StepLabels labels, PackedBatch batch, float sharpness = 1)
    {
        Tensor units = emissions;                                                                               // [N,M]
        for (int k = 1; k <= order; k++) units += _previous.Value[k - 1].index_select(0, tensor(Before(labels, batch, k)));
        return CrossEntropy(_scores.Forward(units.tanh()) * sharpness, labels, batch);
    }

    public override void Sharpen(float factor) => _scores.Scale(factor);

    public override void Export(OnnxGraph graph, string states)
    {
        graph.OutputFloat(NetworkSignature.Emissions, "What each step adds to the hidden units.", "batch", "steps", Units);
        graph.NamedNode(NetworkSignature.Emissions, "Identity", [_units.ExportSteps(graph, states)]);
        graph.OutputFloat(NetworkSignature.PreviousTags, "What the 1st … last tag before adds to the hidden units; the last row stands before the first step.", order, tags + 1, Units);
        graph.NamedNode(NetworkSignature.PreviousTags, "Identity", [_previous.Export(graph)]);
        graph.OutputFloat(NetworkSignature.TagScores, "From tanh of the hidden units to the scores of the tags; the last column is added.", tags, Units + 1);
        _scores.ExportJoined(graph, NetworkSignature.TagScores);
    }

    /// <summary>The tag k steps before each step, [N]; K before the first and where it is missing.</summary>
    private long[] Before(StepLabels labels, PackedBatch batch, int k)
    {
        var before = new long[batch.Count];
        for (int t = 0; t < batch.Steps; t++)
            for (int b = 0; b < batch.RowsAt[t]; b++)
            {
                int tag = t < k ? -1 : labels.Tags[batch.Position(b, t - k)];
                before[batch.Position(b, t)] = tag < 0 ? tags : tag;
            }
        return before;
    }
}
