using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn;

/// <summary>Result of a quantization: the model with 8-bit weights, its size, and optionally its accuracy.</summary>
public sealed record RnnQuantization
{
    /// <summary>The quantized model. It can be scored and saved like any other model. A chain of transformers remains a chain.</summary>
    public required ITransformer Model { get; init; }

    /// <summary>Size of network, vocabulary and labels of the original model, in bytes.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>Size of network, vocabulary and labels of the quantized model, in bytes.</summary>
    public required long BytesAfter { get; init; }

    /// <summary>Names of the weights that now have 8 bits.</summary>
    public required IReadOnlyList<string> Quantized { get; init; }

    /// <summary>Larger weights that still have 32 bits, with the reason.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>Metric of the original model on the validation data; <see langword="null"/> if there was none.</summary>
    public double? MetricBefore { get; init; }

    /// <summary>Metric of the quantized model on the validation data; <see langword="null"/> if there was none.</summary>
    public double? MetricAfter { get; init; }

    /// <summary>Returns sizes, metrics and weights before and after, in a few lines.</summary>
    public override string ToString()
    {
        FormattableString size = $"{Mega(BytesBefore):F2} MB -> {Mega(BytesAfter):F2} MB ({(double)BytesBefore / BytesAfter:F1} times smaller)";
        FormattableString metric = $"metric on the validation data: {MetricBefore:F4} -> {MetricAfter:F4} ({MetricAfter - MetricBefore:+0.0000;-0.0000;0})";
        IEnumerable<string> lines =
        [
            size.ToString(CultureInfo.InvariantCulture),
            .. MetricAfter is null ? Array.Empty<string>() : [metric.ToString(CultureInfo.InvariantCulture)],
            $"8 bits: {string.Join(", ", Quantized)}",
            .. Kept.Select(kept => $"32 bits: {kept}"),
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private static double Mega(long bytes) => bytes / 1e6;
}
