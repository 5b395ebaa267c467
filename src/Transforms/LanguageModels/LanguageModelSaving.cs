using MlNetRnn.MLNetBridge;
using MlNetRnn.NGrams;
using MlNetRnn.Networks;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>
/// Model saving and loading: turns a language model into the named parts that <see cref="MLNetBridge.ModelParts"/> writes into ML.NET's model file, and back.
/// docs/model-format.md describes the parts.
/// </summary>
internal static class LanguageModelSaving
{
    private const string SpecPart = "LanguageModel.json";

    private delegate LanguageModel Loader(SymbolCodec codec, Func<string, byte[]> part, GpuRequest gpu);

    private static readonly Dictionary<string, Loader> ByKind = new(StringComparer.Ordinal)
    {
        [RecurrentLanguageModel.KindName] = (codec, part, gpu) => new RecurrentLanguageModel(codec, part(RecurrentLanguageModel.StepPart), gpu),
        [NGramLanguageModel.KindName] = (codec, part, _) => new NGramLanguageModel(codec, NGramFile.Load(part(NGramLanguageModel.NGramsPart), codec.Count)),
        [EnsembleLanguageModel.KindName] = (codec, part, gpu) => EnsembleLanguageModel.Load(part, (kind, own) => Load(kind, codec, own, gpu)),
    };

    /// <summary>Returns the parts of a model.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> ToParts(RnnLanguageModelTransformer model) =>
        [(SpecPart, model.Spec.ToJson()), .. model.Model.Codec.Save(), .. model.Model.ToParts()];

    /// <summary>Creates a model from its parts.</summary>
    /// <exception cref="FormatException">A part is missing or has invalid content.</exception>
    public static RnnLanguageModelTransformer FromParts(IReadOnlyDictionary<string, byte[]> parts, GpuRequest gpu)
    {
        byte[] Part(string name) => ModelParts.Require(parts, name);
        LanguageModelSpec spec = LanguageModelSpec.FromJson(Part(SpecPart));
        return new RnnLanguageModelTransformer(spec, Load(spec.Model, SymbolCodecs.Load(Part), Part, gpu));
    }

    private static LanguageModel Load(string kind, SymbolCodec codec, Func<string, byte[]> part, GpuRequest gpu) =>
        ByKind.TryGetValue(kind, out Loader? load)
            ? load(codec, part, gpu)
            : throw new FormatException($"Language model: expected one of {string.Join(", ", ByKind.Keys)}, got '{kind}'. Update MlNetRnn.Transforms.");
}
