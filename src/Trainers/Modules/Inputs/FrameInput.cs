using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Frames of numbers, each component with mean 0 and deviation 1 over the training data without its outliers. A missing value counts as the mean.
/// </summary>
internal sealed class FrameInput : InputLayer
{
    private readonly Parameter _mean, _scale, _limit;
    private readonly string _input;
    private readonly int _column;

    /// <param name="parameters">Where mean and scale go.</param>
    /// <param name="mean">Of each component, [F].</param>
    /// <param name="deviation">Of each component, [F].</param>
    /// <param name="limit">How many deviations from the mean a value may be, [F]: what lies additional away, as when a sensor drops out, is clipped, so that it does not drown all others.</param>
    /// <param name="column">Which column of a batch it reads.</param>
    public FrameInput(ParameterSet parameters, float[] mean, float[] deviation, float[] limit, int column = 0)
    {
        (Size, _column, _input) = (mean.Length, column, NetworkSignature.OfColumn(NetworkSignature.Frames, column));
        _mean = parameters.Fixed($"{_input}.mean", mean);
        // A component that never changes says nothing.
        _scale = parameters.Fixed($"{_input}.scale", [.. deviation.Select(d => d > 0 ? 1 / d : 0)]);
        // A model of format 1 has no limits: without bounds it goes on as it was.
        _limit = parameters.Fixed($"{_input}.limit", limit, whereMissing: float.MaxValue);
    }

    public override int Size { get; }

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
