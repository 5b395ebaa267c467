using Microsoft.ML.Runtime;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;
using MlNetRnn.Tasks;

namespace MlNetRnn.Model;

/// <summary>A trained model: spec, network, words and labels. Immutable, hence shared by all threads.</summary>
internal sealed class RnnModel
{
    private const string SpecPart = "Spec.json", NetworkPart = "Network.onnx", LabelsPart = "Labels.json";

    public RnnModel(RnnModelSpec spec, byte[] graph, ModelWords words, KeyValues? labels, GpuRequest gpu = default)
    {
        (Spec, Words, Labels) = (spec, words, labels);
        Inputs = [SequenceInput.Of(spec.InputColumn, spec.Reading), .. (spec.Additional ?? []).Select(additional => SequenceInput.Of(additional.Column, additional.Reading))];
        Task = RnnTasks.Create(spec.Task, labels);
        Network = new OnnxNetwork(graph, gpu, Task.NetworkOutputs) { ConstantNames = Task.NetworkConstants };
    }

    /// <summary>Where the user's MLContext wants models to run.</summary>
    public static GpuRequest GpuOf(IHostEnvironment environment)
    {
        (int? device, bool fallBackToCpu) = CatalogEnvironment.Gpu(environment);
        return new GpuRequest(device, fallBackToCpu);
    }

    public RnnModelSpec Spec { get; }

    /// <summary>The input columns, the main one first.</summary>
    public IReadOnlyList<SequenceInput> Inputs { get; }

    public ModelWords Words { get; }

    public KeyValues? Labels { get; }

    public RnnTask Task { get; }

    public OnnxNetwork Network { get; }

    /// <summary>The same model with a network of 8-bit weights.</summary>
    public RnnModel Quantized(byte[] graph) => new(Spec with { IsQuantized = true }, graph, Words, Labels, Network.Gpu);

    public IReadOnlyList<(string Name, byte[] Content)> ToParts()
    {
        var parts = new List<(string, byte[])> { (SpecPart, Spec.ToJson()), (NetworkPart, Network.Graph) };
        parts.AddRange(Words.ToParts());
        if (Labels is not null) parts.Add((LabelsPart, Labels.ToJson()));
        return parts;
    }

    /// <exception cref="FormatException">A part is missing or does not hold what it should.</exception>
    public static RnnModel FromParts(IReadOnlyDictionary<string, byte[]> parts, GpuRequest gpu)
    {
        byte[] Part(string name) => parts.TryGetValue(name, out byte[]? content)
            ? content
            : throw new FormatException($"Model part: expected '{name}', got only {string.Join(", ", parts.Keys)}. The model file is damaged.");
        RnnModelSpec spec = RnnModelSpec.FromJson(Part(SpecPart));
        return new RnnModel(
            spec,
            Part(NetworkPart),
            ModelWords.FromParts(Part, spec.Additional?.Count ?? 0, spec.ReadsCharacters),
            parts.TryGetValue(LabelsPart, out byte[]? labels) ? KeyValues.FromJson(labels) : null,
            gpu);
    }
}
