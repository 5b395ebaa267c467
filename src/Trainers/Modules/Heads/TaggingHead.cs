using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The last layer of a tagger: it maps the state of each step to scores of tags, or to what the scores are computed from.</summary>
internal abstract class TaggingHead
{
    /// <summary>The name of the decoder that finds the best tags, one of <see cref="TagDecoders"/>.</summary>
    public abstract string DecoderName { get; }

    /// <summary>The weights that the decoder needs in addition to the emissions, in the order of the outputs of the graph.</summary>
    public abstract IReadOnlyList<float[]> DecoderWeights { get; }

    /// <summary>Whether the emissions are the scores of the tags, to which others can be added.</summary>
    public virtual bool EmitsScores => true;

    /// <summary>Computes the emissions: the arguments of loss and decoder.</summary>
    /// <param name="states">The states of the steps, [N,S].</param>
    /// <returns>[N,R]</returns>
    public abstract Tensor Forward(Tensor states);

    /// <summary>Multiplies the scores of the tags by a factor, which makes the probabilities more or less certain.</summary>
    /// <param name="factor">The factor, greater than 0.</param>
    public abstract void Sharpen(float factor);

    /// <summary>Writes the layer to a graph, with its outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="states">The name of the states, [B,T,S].</param>
    /// <param name="added">The name of scores that are added to the emissions, [B,T,K]; null for none.</param>
    public abstract void Export(OnnxGraph graph, string states, string? added);

    /// <summary>Writes the emissions, with the added scores.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="emissions">The name of the emissions of the head, [B,T,R].</param>
    /// <param name="added">The name of scores that are added to them; null for none.</param>
    protected static void ExportEmissions(OnnxGraph graph, string emissions, string? added)
    {
        if (added is null) graph.NamedNode(NetworkSignature.Emissions, "Identity", [emissions]);
        else graph.NamedNode(NetworkSignature.Emissions, "Add", [emissions, added]);
    }
}

/// <summary>The arguments of every tagging head.</summary>
/// <param name="Parameters">The parameters of the network, to which the head adds its own.</param>
/// <param name="Size">S, the size of a state.</param>
/// <param name="Tags">K, the number of tags.</param>
/// <param name="Order">The number of previous tags that feed the next step.</param>
internal sealed record TaggingHeadSetup(ParameterSet Parameters, int Size, int Tags, int Order);
