using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>
/// Model saving and loading: turns a translation model into the named parts that <see cref="ModelParts"/> writes into ML.NET's model file, and back.
/// docs/model-format.md describes the parts.
/// </summary>
internal static class TranslationSaving
{
    private const string SpecPart = "Translation.json", SourcePrefix = "Source.", TargetPrefix = "Target.";

    private delegate TranslationModel Loader(SymbolCodec? source, SymbolCodec target, Func<string, byte[]> part, LanguageSpec? languages, GpuRequest gpu);

    private static readonly Dictionary<string, Loader> ByKind = new(StringComparer.Ordinal)
    {
        [RecurrentTranslationModel.KindName] = RecurrentTranslationModel.Load,
        [EnsembleTranslationModel.KindName] = (source, target, part, languages, gpu) =>
            EnsembleTranslationModel.Load(part, (kind, own) => Load(kind, source, target, own, languages, gpu)),
    };

    /// <summary>Returns the parts of a model.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> ToParts(RnnTranslationTransformer model) =>
    [
        (SpecPart, model.Spec.ToJson()), .. Prefixed(TargetPrefix, model.Model.Target),
        .. model.Spec.HasJointVocabulary || model.Model.Source is not { } source ? [] : Prefixed(SourcePrefix, source),
        .. model.Model.ToParts(),
    ];

    /// <summary>Creates a model from its parts.</summary>
    /// <exception cref="FormatException">A part is missing or has invalid content.</exception>
    public static RnnTranslationTransformer FromParts(IReadOnlyDictionary<string, byte[]> parts, GpuRequest gpu)
    {
        byte[] Part(string name) => ModelParts.Require(parts, name);
        TranslationSpec spec = TranslationSpec.FromJson(Part(SpecPart));
        SymbolCodec target = SymbolCodecs.Load(name => Part(TargetPrefix + name));
        SymbolCodec? source = spec.Source.FrameSize > 0 ? null
            : spec.HasJointVocabulary ? target
            : SymbolCodecs.Load(name => Part(SourcePrefix + name));
        return new RnnTranslationTransformer(spec, Load(spec.Model, source, target, Part, spec.Languages, gpu));
    }

    private static IEnumerable<(string Name, byte[] Content)> Prefixed(string prefix, SymbolCodec codec) =>
        codec.Save().Select(part => (prefix + part.Name, part.Content));

    private static TranslationModel Load(
        string kind, SymbolCodec? source, SymbolCodec target, Func<string, byte[]> part, LanguageSpec? languages, GpuRequest gpu) =>
        ByKind.TryGetValue(kind, out Loader? load)
            ? load(source, target, part, languages, gpu)
            : throw new FormatException($"Translation model: expected one of {string.Join(", ", ByKind.Keys)}, got '{kind}'. Update MlNetRnn.Transforms.");
}
