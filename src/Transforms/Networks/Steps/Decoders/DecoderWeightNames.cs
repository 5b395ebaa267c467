namespace MlNetRnn.Networks;

/// <summary>
/// The names of the weights of a decoder in its graph, by which <see cref="DecoderGraph"/> recognizes the parts. All but the shared vectors follow the name of
/// the decoder and a dot. docs/model-format.md lists them.
/// </summary>
internal static class DecoderWeightNames
{
    /// <summary>[V,E]: the vector of each symbol, unless source and target share them.</summary>
    public const string Embedding = "embedding";

    /// <summary>[V,E]: the vector of each symbol of source and target.</summary>
    public const string SharedEmbedding = "embedding";

    /// <summary>[1,G·H,E]: from the vector of a symbol to the gates of the first layer.</summary>
    public const string Input = "recurrent.0.weight";

    /// <summary>[A,H]: from a state to a query.</summary>
    public const string Query = "attention.query";

    /// <summary>[1,A]: v of the additive score.</summary>
    public const string Energy = "attention.energy";

    /// <summary>[1,G·H,C]: from a context to the gates of the first layer: attention inside the state update.</summary>
    public const string Context = "context";

    /// <summary>[1,G·H,R]: from a readout to the gates of the first layer: input feeding.</summary>
    public const string Feed = "feed";

    /// <summary>[R,H] and [R]: from a state to a readout.</summary>
    public const string ReadoutState = "readout.state.weight", ReadoutBias = "readout.state.bias";

    /// <summary>[R,C]: from a context to a readout.</summary>
    public const string ReadoutContext = "readout.context";

    /// <summary>[R,E]: from the vector of a symbol to a readout.</summary>
    public const string ReadoutSymbol = "readout.symbol";

    /// <summary>[E,H] and [E]: a linear layer before the output.</summary>
    public const string Projection = "projection.weight", ProjectionBias = "projection.bias";

    /// <summary>[V,·] and [V]: the output; without weights of its own, they are the vectors of the symbols.</summary>
    public const string Output = "output.weight", OutputBias = "output.bias";
}
