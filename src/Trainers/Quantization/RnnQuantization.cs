using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn;

/// <summary>What came of a quantisation: the model with 8-bit weights, what it saves and what it costs.</summary>
public sealed record RnnQuantization
{
    /// <summary>The model with 8-bit weights: score and save it like any other. A chain of transformers remains one.</summary>
    public required ITransformer Model { get; init; }

    /// <summary>How large network, words and labels of the original are, in bytes.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>How large those of the new model are, in bytes.</summary>
    public required long BytesAfter { get; init; }

    /// <summary>The names of the weights that have 8 bits now.</summary>
    public required IReadOnlyList<string> Quantized { get; init; }

    /// <summary>Larger weights that have 32 bits still, and why.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>The metric of the original on the validation rows; <see langword="null"/> where there were none.</summary>
    public double? MetricBefore { get; init; }

    /// <summary>The metric of the new model on the validation rows; <see langword="null"/> where there were none.</summary>
    public double? MetricAfter { get; init; }

    /// <summary>Size, metric and weights before and after, in a few lines.</summary>
    public override string ToString()
    {
        FormattableString size = $"{Mega(BytesBefore):F2} MB -> {Mega(BytesAfter):F2} MB ({(double)BytesBefore / BytesAfter:F1} times smaller)";
        FormattableString metric = $"metric on the validation rows: {MetricBefore:F4} -> {MetricAfter:F4} ({MetricAfter - MetricBefore:+0.0000;-0.0000;0})";
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
