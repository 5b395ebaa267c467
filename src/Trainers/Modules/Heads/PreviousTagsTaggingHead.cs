using MlNetRnn.Kernels;
using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A tagger with output feedback: the last k tags feed the next step. Hidden units = tanh(A h_t + Σ_j V_j[tag t−j]), scores = B · units. In training,
/// the previous tags are the true ones (teacher forcing).
/// </summary>
internal sealed class PreviousTagsTaggingHead(TaggingHeadSetup setup) : TaggingHead
{
    private const int Units = 64;
    private const float InitialBound = 0.3f;

    private readonly Linear _units = new(setup.Parameters, "tags.units", setup.Size, Units);
    private readonly Parameter _previous = setup.Parameters.Uniform("tags.previous", InitialBound, setup.Order, setup.Tags + 1, Units);
    private readonly Linear _scores = new(setup.Parameters, "tags", Units, setup.Tags);

    /// <summary>k, the number of previous tags that feed the next step.</summary>
    public int Order => setup.Order;

    /// <summary>The number that stands for the tag before the first step, and for a missing tag: K.</summary>
    public int NoTag => setup.Tags;

    public override bool EmitsScores => false;

    public override string DecoderName => TagDecoders.PreviousTags;

    public override IReadOnlyList<float[]> DecoderWeights => [_previous.ToArray(), _scores.Joined()];

    /// <returns>A h_t, [N,M].</returns>
    public override Tensor Forward(Tensor states) => _units.Forward(states);

    /// <summary>Computes the scores of the tags, given the previous ones.</summary>
    /// <param name="emissions">The result of <see cref="Forward"/>, [N,M].</param>
    /// <param name="previous">For j = 1 … k, the tag j steps before each step, [N].</param>
    /// <returns>[N,K]</returns>
    public Tensor Scores(Tensor emissions, IReadOnlyList<long[]> previous)
    {
        Tensor units = emissions;                                                                               // [N,M]
        for (int j = 0; j < previous.Count; j++) units = units.Plus(_previous.Value[j].index_select(0, tensor(previous[j])));
        return _scores.Forward(units.tanh());
    }

    public override void Sharpen(float factor) => _scores.Scale(factor);

    public override void Export(OnnxGraph graph, string states, string? added)
    {
        const string AboutPrevious = "The share of the 1st … last previous tag in the hidden units; the last row stands for the start of the sequence.";
        const string AboutScores = "From tanh of the hidden units to the scores of the tags; the last column is the bias.";
        graph.OutputFloat(NetworkSignature.Emissions, "The share of each step in the hidden units.", "batch", "steps", Units);
        ExportEmissions(graph, _units.ExportSteps(graph, states), added);
        graph.OutputFloat(NetworkSignature.PreviousTags, AboutPrevious, setup.Order, setup.Tags + 1, Units);
        graph.NamedNode(NetworkSignature.PreviousTags, "Identity", [_previous.Export(graph)]);
        graph.OutputFloat(NetworkSignature.TagScores, AboutScores, setup.Tags, Units + 1);
        _scores.ExportJoined(graph, NetworkSignature.TagScores);
    }
}
