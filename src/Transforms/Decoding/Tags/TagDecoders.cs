using MlNetRnn.Networks;

namespace MlNetRnn.Decoding;

/// <summary>Creates the tag decoder for each name in a model file: an additional decoder is one file and one line here.</summary>
internal static class TagDecoders
{
    /// <summary>The names in model files: independent steps; a linear-chain CRF; each tag given the k tags before it.</summary>
    public const string Independent = "Independent", Chain = "Crf", PreviousTags = "PreviousTags";

    private static readonly Dictionary<string, (string[] Weights, Creator Create)> ByName = new(StringComparer.Ordinal)
    {
        [Independent] = ([], (plan, _) => new CrfDecoder(plan.Tags, [], plan.Rules)),
        [Chain] = ([NetworkSignature.Transitions], (plan, weights) => new CrfDecoder(plan.Tags, weights[0], plan.Rules)),
        [PreviousTags] = (
            [NetworkSignature.PreviousTags, NetworkSignature.TagScores],
            (plan, weights) => new PreviousTagsDecoder(plan.Tags, weights[0], weights[1], plan.BeamWidth, plan.Rules)),
    };

    /// <summary>Returns the names of the network constants that a decoder needs.</summary>
    /// <exception cref="FormatException">The decoder is unknown: the model was saved by a newer version.</exception>
    public static IReadOnlyList<string> Weights(string name) => Find(name).Weights;

    /// <summary>Creates a decoder.</summary>
    /// <param name="name">The name in the model file.</param>
    /// <param name="plan">The settings of the decoder.</param>
    /// <param name="weights">The network constants, in the order of <see cref="Weights"/>.</param>
    /// <exception cref="FormatException">The decoder is unknown: the model was saved by a newer version.</exception>
    public static TagDecoder Create(string name, TagDecoderPlan plan, IReadOnlyList<float[]> weights) => Find(name).Create(plan, weights);

    private delegate TagDecoder Creator(TagDecoderPlan plan, IReadOnlyList<float[]> weights);

    private static (string[] Weights, Creator Create) Find(string name) => ByName.TryGetValue(name, out (string[] Weights, Creator Create) found)
        ? found
        : throw new FormatException($"Tag decoder: expected one of {string.Join(", ", ByName.Keys)}, got '{name}'. Update MlNetRnn.Transforms.");
}
