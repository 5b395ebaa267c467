namespace MlNetRnn.Networks;

/// <summary>
/// The weights of a network that predicts the next symbol, arranged for a step. Immutable, and therefore thread-safe: every
/// <see cref="ManagedStepNetwork"/> of a model shares them.
/// </summary>
internal sealed class StepNetworkWeights
{
    /// <param name="network">The network.</param>
    /// <param name="tableBytes">The maximum size of a table of the inputs of all symbols.</param>
    public StepNetworkWeights(StepNetworkDescription network, long tableBytes = SymbolInputs.DefaultTableBytes)
    {
        network.Validate();
        Symbols = network.Embedding.Rows;
        (StepLayer Layer, AffineMap Input)[] layers = [.. network.Layers.Select(StepLayer.Create)];
        Layers = [.. layers.Select(layer => layer.Layer)];
        Inputs = new SymbolInputs(network.Embedding, layers[0].Input, tableBytes);
        LaterInputs = [.. layers.Skip(1).Select(layer => layer.Input)];
        Projection = network.Projection is { } projection ? new AffineMap(projection) : null;
        // The additional logits do not change the sum of the probabilities.
        Output = new AffineMap(network.Output, float.NegativeInfinity);
        BytesPerStep =
            Inputs.Bytes + Layers.Sum(layer => layer.Bytes) + LaterInputs.Sum(input => input.Bytes) + (Projection?.Bytes ?? 0) + Output.Bytes;
    }

    /// <summary>V.</summary>
    public int Symbols { get; }

    public SymbolInputs Inputs { get; }

    public IReadOnlyList<StepLayer> Layers { get; }

    /// <summary>The inputs of the gates of the second layer, the third, …</summary>
    public IReadOnlyList<AffineMap> LaterInputs { get; }

    /// <summary>The linear layer after the recurrent layers; null for none.</summary>
    public AffineMap? Projection { get; }

    public AffineMap Output { get; }

    /// <summary>The number of bytes that a step of one row reads.</summary>
    public long BytesPerStep { get; }

    /// <summary>Reads the weights in a graph.</summary>
    /// <param name="graph">A serialized ONNX model.</param>
    /// <param name="logits">The output of the graph that contains the logits.</param>
    /// <returns>Null if only ONNX Runtime can run the graph, for example because its weights have 8 bits.</returns>
    /// <exception cref="FormatException">The graph is damaged.</exception>
    public static StepNetworkWeights? Find(ReadOnlySpan<byte> graph, string logits = NetworkSignature.Logits) =>
        StepGraph.Find(OnnxContents.Read(graph), logits) is { } network ? new StepNetworkWeights(network) : null;
}
