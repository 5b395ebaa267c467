using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// An input layer for numeric frames. Each component is standardized to mean 0 and standard deviation 1 over the training data without its outliers. A missing
/// value is replaced by the mean.
/// </summary>
internal sealed class FrameInput : InputLayer
{
    private readonly Parameter _mean, _scale, _limit;
    private readonly string _input;
    private readonly int _column;

    /// <param name="parameters">Receives mean and scale.</param>
    /// <param name="mean">Mean of each component, [F].</param>
    /// <param name="deviation">Standard deviation of each component, [F].</param>
    /// <param name="limit">
    /// Maximum distance from the mean in deviations, [F]. Values beyond it, such as those of a sensor that drops out, are clipped so that they do not dominate
    /// all others.
    /// </param>
    /// <param name="column">Index of the column of a batch that the layer reads.</param>
    public FrameInput(ParameterSet parameters, float[] mean, float[] deviation, float[] limit, int column = 0)
    {
        (Size, _column, _input) = (mean.Length, column, NetworkSignature.OfColumn(NetworkSignature.Frames, column));
        _mean = parameters.Fixed($"{_input}.mean", mean);
        // A constant component has no information.
        _scale = parameters.Fixed($"{_input}.scale", [.. deviation.Select(d => d > 0 ? 1 / d : 0)]);
        // Models of format 1 have no limits and do not clip.
        _limit = parameters.Fixed($"{_input}.limit", limit, whereMissing: float.MaxValue);
    }

    public override int Size { get; }

    public override bool ReadsFrames => true;

    public override LayerInput Forward(PackedBatch batch, ForwardMode mode)
    {
        Tensor frames = empty([batch.Count, Size], ScalarType.Float32);                     // [N,F]
        Span<float> target = frames.Span(), mean = _mean.Value.Span(), scale = _scale.Value.Span(), limit = _limit.Value.Span();
        float[] numbers = batch.Columns[_column].Frames;
        for (int start = 0; start < target.Length; start += Size)
            for (int j = 0; j < Size; j++)
            {
                float value = (numbers[start + j] - mean[j]) * scale[j];
                target[start + j] = float.IsFinite(value) ? Math.Clamp(value, -limit[j], limit[j]) : 0;
            }
        return new LayerInput(frames, null);
    }

    public override string Export(OnnxGraph graph)
    {
        string frames = graph.InputFloat(_input, "Frames; NaN is a missing value.", "batch", "steps", Size);
        string byStep = graph.Node("Transpose", [frames], ("perm", new long[] { 1, 0, 2 }));                // [T,B,F]
        string scaled = graph.Node("Mul", [graph.Node("Sub", [byStep, _mean.Export(graph)]), _scale.Export(graph)]);
        string missing = graph.Node("Or", [graph.Node("IsNaN", [scaled]), graph.Node("IsInf", [scaled])]);
        string present = graph.Node("Where", [missing, graph.Scalar(0), scaled]);
        string limit = _limit.Export(graph);
        return graph.Node("Max", [graph.Node("Min", [present, limit]), graph.Node("Neg", [limit])]);
    }
}
