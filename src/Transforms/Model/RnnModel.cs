using Microsoft.ML.Runtime;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;
using MlNetRnn.Tasks;

namespace MlNetRnn.Model;

/// <summary>A trained model: spec, network, vocabularies and labels. Immutable and thread-safe.</summary>
internal sealed class RnnModel
{
    public RnnModel(RnnModelSpec spec, byte[] graph, ModelWords words, KeyValues? labels, GpuRequest gpu = default)
    {
        (Spec, Words, Labels) = (spec, words, labels);
        Inputs =
        [
            SequenceInput.Of(spec.InputColumn, spec.Reading),
            .. (spec.Additional ?? []).Select(additional => SequenceInput.Of(additional.Column, additional.Reading)),
        ];
        Task = RnnTasks.Create(spec.Task, labels);
        Network = new OnnxNetwork(graph, gpu, Task.NetworkOutputs) { ConstantNames = Task.NetworkConstants };
    }

    /// <summary>Returns the GPU that the user's MLContext requests.</summary>
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

    /// <summary>Returns the same model with a network of 8-bit weights.</summary>
    public RnnModel Quantized(byte[] graph) => new(Spec with { IsQuantized = true }, graph, Words, Labels, Network.Gpu);
}
