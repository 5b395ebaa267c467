using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;

namespace MlNetRnn.Model;

/// <summary>
/// Model saving and loading: turns a model into the named parts that <see cref="MLNetBridge.ModelParts"/> writes into ML.NET's model file, and back.
/// docs/model-format.md describes the parts.
/// </summary>
internal static class ModelSaving
{
    private const string SpecPart = "Spec.json", NetworkPart = "Network.onnx", LabelsPart = "Labels.json";

    /// <summary>Returns the parts of a model.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> ToParts(RnnModel model)
    {
        var parts = new List<(string, byte[])> { (SpecPart, model.Spec.ToJson()), (NetworkPart, model.Network.Graph) };
        parts.AddRange(model.Words.ToParts());
        if (model.Labels is { } labels) parts.Add((LabelsPart, labels.ToJson()));
        return parts;
    }

    /// <summary>Creates a model from its parts.</summary>
    /// <exception cref="FormatException">A part is missing or has invalid content.</exception>
    public static RnnModel FromParts(IReadOnlyDictionary<string, byte[]> parts, GpuRequest gpu)
    {
        byte[] Part(string name) => ModelParts.Require(parts, name);
        RnnModelSpec spec = RnnModelSpec.FromJson(Part(SpecPart));
        return new RnnModel(
            spec,
            Part(NetworkPart),
            ModelWords.FromParts(Part, spec.Additional?.Count ?? 0, spec.ReadsCharacters),
            parts.TryGetValue(LabelsPart, out byte[]? labels) ? KeyValues.FromJson(labels) : null,
            gpu);
    }
}
