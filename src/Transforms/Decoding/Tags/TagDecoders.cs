using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;
using MlNetRnn.Tags;


namespace MlNetRnn.Decoding;

/// <summary>The one door from a name in a model file to the search for the best tags: an additional one is one file and one line here.</summary>
internal static class TagDecoders
{
    /// <summary>Each step for itself; a linear chain (conditional random field); each step after the last k.</summary>
    public const string Independent = "Independent", Chain = "Crf", PreviousTags = "PreviousTags";

    private static readonly Dictionary<string, (string[] Weights, Func<TagDecoderPlan, IReadOnlyList<float[]>, TagDecoder> Create)> ByName = new(StringComparer.Ordinal)
    {
        [Independent] = ([], (plan, _) => new CrfDecoder(plan.Tags, [], plan.Rules)),
        [Chain] = ([NetworkSignature.Transitions], (plan, weights) => new CrfDecoder(plan.Tags, weights[0], plan.Rules)),
        [PreviousTags] = ([NetworkSignature.PreviousTags, NetworkSignature.TagScores], (plan, weights) => new PreviousTagsDecoder(plan.Tags, weights[0], weights[1], plan.BeamWidth, plan.Rules)),
    };

    /// <summary>The outputs of the graph, besides the emissions, that it needs: numbers of the model, the same for all rows.</summary>
    /// <exception cref="FormatException">No such search: the model was saved by a newer version.</exception>
    public static IReadOnlyList<string> Weights(string name) => Find(name).Weights;

    /// <param name="name">The name in the model file.</param>
    /// <param name="plan">What it decodes.</param>
    /// <param name="weights">The numbers that it needs of the network, in the order of <see cref="Weights"/>.</param>
    /// <exception cref="FormatException">No such search: the model was saved by a newer version.</exception>
    public static TagDecoder Create(string name, TagDecoderPlan plan, IReadOnlyList<float[]> weights) => Find(name).Create(plan, weights);

    private static (string[] Weights, Func<TagDecoderPlan, IReadOnlyList<float[]>, TagDecoder> Create) Find(string name) => ByName.TryGetValue(name, out var found)
        ? found
        : throw new FormatException($"Tag decoder: expected one of {string.Join(", ", ByName.Keys)}, got '{name}'. Update MlNetRnn.Transforms.");
}

/// <summary>What the tags of a model are.</summary>
/// <param name="Tags">K.</param>
/// <param name="Rules">What may follow what; null where anything may.</param>
/// <param name="BeamWidth">How many sequences are followed where the search is not exact.</param>
internal sealed record TagDecoderPlan(int Tags, TagScheme? Rules, int BeamWidth);
