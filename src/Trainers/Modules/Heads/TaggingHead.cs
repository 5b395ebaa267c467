using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The states of the steps → their tags.</summary>
internal abstract class TaggingHead
{
    /// <summary>How the best tags are found: a name of <see cref="TagDecoders"/>.</summary>
    public abstract string DecoderName { get; }

    /// <param name="states">[N,S]</param>
    /// <returns>What decoding and loss are functions of, [N,R].</returns>
    public abstract Tensor Forward(Tensor states);

    /// <param name="emissions">[N,R]</param>
    /// <param name="labels">The truth; steps without a tag cost nothing.</param>
    /// <param name="batch">How the steps are packed.</param>
    /// <param name="sharpness">What the scores of the tags are multiplied with.</param>
    /// <returns>−log P(tags) summed over all rows, each times its weight: a scalar.</returns>
    public abstract Tensor Loss(Tensor emissions, StepLabels labels, PackedBatch batch, float sharpness = 1);

    /// <summary>Makes the answers more or less certain.</summary>
    public abstract void Sharpen(float factor);

    /// <summary>The numbers that the search for the best tags needs besides the emissions, as the graph gives them out.</summary>
    public abstract IReadOnlyList<float[]> DecoderWeights { get; }

    /// <summary>Declares and computes the outputs of the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="states">[B,T,S]</param>
    public abstract void Export(OnnxGraph graph, string states);

    /// <summary>−log P of each step's own tag, summed, for scores of the tags that need no others.</summary>
    /// <param name="scores">[N,K]</param>
    /// <param name="labels">The truth.</param>
    /// <param name="batch">How the steps are packed.</param>
    protected static Tensor CrossEntropy(Tensor scores, StepLabels labels, PackedBatch batch)
    {
        const long None = -1;
        Tensor truth = tensor(Array.ConvertAll(labels.Tags, tag => Math.Max(tag, None)));                                   // [N]
        Tensor losses = nn.functional.cross_entropy(WithCosts(scores, labels), truth, ignore_index: None, reduction: nn.Reduction.None);        // [N]
        if (labels.Weights is null) return losses.sum();
        return (losses * tensor(labels.Weights).index_select(0, tensor(PackedLayout.Rows(batch)))).sum();
    }

    /// <param name="scores">[N,K]</param>
    /// <param name="labels">The truth, and what wrong tags cost.</param>
    protected static Tensor WithCosts(Tensor scores, StepLabels labels) => labels.Costs is { } costs ? scores + tensor(costs, scores.shape) : scores;
}
