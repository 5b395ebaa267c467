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
    };

    /// <summary>Returns the parts of a model.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> ToParts(RnnLanguageModelTransformer model) =>
        [(SpecPart, model.Spec.ToJson()), .. model.Model.Codec.Save(), .. model.Model.ToParts()];

    /// <summary>Creates a model from its parts.</summary>
    /// <exception cref="FormatException">A part is missing or has invalid content.</exception>
    public static RnnLanguageModelTransformer FromParts(IReadOnlyDictionary<string, byte[]> parts, GpuRequest gpu)
    {
        byte[] Part(string name) => parts.TryGetValue(name, out byte[]? content)
            ? content
            : throw new FormatException($"Model part: expected '{name}', got only {string.Join(", ", parts.Keys)}. The model file is damaged.");
        LanguageModelSpec spec = LanguageModelSpec.FromJson(Part(SpecPart));
        if (!ByKind.TryGetValue(spec.Model, out Loader? load))
            throw new FormatException($"Language model: expected one of {string.Join(", ", ByKind.Keys)}, got '{spec.Model}'. Update MlNetRnn.Transforms.");
        return new RnnLanguageModelTransformer(spec, load(SymbolCodecs.Load(Part), Part, gpu));
    }
}
