using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>
/// The weights of a decoder, arranged for a step. Immutable, and therefore thread-safe: every <see cref="ManagedDecoder"/> of a model shares them.
/// </summary>
internal sealed class DecoderWeights
{
    public DecoderWeights(DecoderDescription decoder)
    {
        Symbols = decoder.Embedding.Rows;
        (StepLayer Layer, AffineMap Input)[] layers = [.. decoder.Layers.Select(StepLayer.Create)];
        Layers = [.. layers.Select(layer => layer.Layer)];
        Inputs = new SymbolInputs(decoder.Embedding, layers[0].Input, SymbolInputs.DefaultTableBytes);
        LaterInputs = [.. layers.Skip(1).Select(layer => layer.Input)];
        Projection = decoder.Projection is { } projection ? new AffineMap(projection) : null;
        // The additional logits do not change the sum of the probabilities.
        Output = new AffineMap(decoder.Output, float.NegativeInfinity);
        if (decoder.Readout is not { } readout) return;
        StepLayerDescription first = decoder.Layers[0];
        Attention = new DecoderAttention
        {
            Query = decoder.Query is { } query ? Plain(query) : null,
            Energy = decoder.Energy is { } energy ? Padded(energy) : null,
            Readout = new AffineMap(readout),
            ReadoutContext = Plain(decoder.ReadoutContext!),
            ReadoutSymbol = decoder.ReadoutSymbol is { } symbol
                ? new SymbolInputs(decoder.Embedding, Plain(symbol), SymbolInputs.DefaultTableBytes)
                : null,
            Context = decoder.Context is { } context ? Gates(context) : null,
            Feed = decoder.Feed is { } feed ? Gates(feed) : null,
        };

        AffineMap Gates(WeightMatrix weight) => StepLayer.Create(first with { Weight = weight, Bias = new float[first.Bias.Length] }).Input;
    }

    /// <summary>V.</summary>
    public int Symbols { get; }

    public SymbolInputs Inputs { get; }

    public IReadOnlyList<StepLayer> Layers { get; }

    /// <summary>The inputs of the gates of the second layer, the third, …</summary>
    public IReadOnlyList<AffineMap> LaterInputs { get; }

    /// <summary>How the first layer reads the source; null if it does not.</summary>
    public DecoderAttention? Attention { get; }

    /// <summary>A linear layer before the output; null for none.</summary>
    public AffineMap? Projection { get; }

    public AffineMap Output { get; }

    /// <summary>Reads the weights in a graph.</summary>
    /// <param name="graph">A serialized ONNX model.</param>
    /// <returns>Null if only ONNX Runtime can run the graph, for example because its weights have 8 bits.</returns>
    /// <exception cref="FormatException">The graph is damaged.</exception>
    public static DecoderWeights? Find(ReadOnlySpan<byte> graph) =>
        DecoderGraph.Find(OnnxContents.Read(graph)) is { } decoder ? new DecoderWeights(decoder) : null;

    private static AffineMap Plain(WeightMatrix weight) => new(new LinearDescription(weight, new float[weight.Rows]));

    private static float[] Padded(float[] numbers)
    {
        var padded = new float[(numbers.Length + Simd.Width - 1) / Simd.Width * Simd.Width];
        numbers.CopyTo(padded, 0);
        return padded;
    }
}

/// <summary>The weights with which the first layer of a decoder reads the source.</summary>
internal sealed class DecoderAttention
{
    /// <summary>From a state to the query; null if the state is the query.</summary>
    public required AffineMap? Query { get; init; }

    /// <summary>v of the additive score, padded with 0; null for a dot product.</summary>
    public required float[]? Energy { get; init; }

    public required AffineMap Readout { get; init; }

    public required AffineMap ReadoutContext { get; init; }

    /// <summary>The part of the readout that depends on the symbol; null for none.</summary>
    public required SymbolInputs? ReadoutSymbol { get; init; }

    /// <summary>From the context to the gates; null for attention after the state update.</summary>
    public required AffineMap? Context { get; init; }

    /// <summary>From the readout of the step before to the gates; null without input feeding.</summary>
    public required AffineMap? Feed { get; init; }
}
