namespace MlNetRnn.Networks;

/// <summary>A decoder: symbol → vector → first layer, which reads the source → additional layers → optional linear layer → logits.</summary>
/// <param name="Embedding">The vector of each symbol, [V,E].</param>
/// <param name="Layers">The recurrent layers, at least one. The weights of the first one are those of the vector of a symbol.</param>
/// <param name="Output">The linear layer that computes the logits of the V symbols.</param>
internal sealed record DecoderDescription(WeightMatrix Embedding, IReadOnlyList<StepLayerDescription> Layers, LinearDescription Output)
{
    /// <summary>A linear layer before the output; null for none.</summary>
    public LinearDescription? Projection { get; init; }

    /// <summary>From the state of the first layer to the readout, [R,H]; null without attention.</summary>
    public LinearDescription? Readout { get; init; }

    /// <summary>[R,C]; null without attention.</summary>
    public WeightMatrix? ReadoutContext { get; init; }

    /// <summary>[R,E]; null if the readout does not depend on the symbol.</summary>
    public WeightMatrix? ReadoutSymbol { get; init; }

    /// <summary>[A,H]; null if the state is the query.</summary>
    public WeightMatrix? Query { get; init; }

    /// <summary>v of the additive score, [A]; null for a dot product.</summary>
    public float[]? Energy { get; init; }

    /// <summary>From the context to the gates, [G·H,C], for attention inside the state update; null otherwise.</summary>
    public WeightMatrix? Context { get; init; }

    /// <summary>From the readout of the step before to the gates, [G·H,R], for input feeding; null otherwise.</summary>
    public WeightMatrix? Feed { get; init; }

    /// <summary>Checks that the parts fit.</summary>
    /// <exception cref="FormatException">They do not.</exception>
    public void Validate()
    {
        int hidden = Layers[0].Hidden, outputs = hidden;
        Check("the inputs of the first layer", Embedding.Columns, Layers[0].Weight.Columns);
        if (Readout is not null)
        {
            outputs = Readout.Weight.Rows;
            Check("the inputs of the readout", hidden, Readout.Weight.Columns);
            Check("the biases of the readout", outputs, Readout.Bias.Length);
            if (ReadoutContext is null) throw Damaged("weights from the context to the readout", "none");
            Check("the outputs of the context", outputs, ReadoutContext.Rows);
            if (ReadoutSymbol is not null) Check("the outputs of the symbol", outputs, ReadoutSymbol.Rows);
            if (ReadoutSymbol is not null) Check("the inputs of the symbol", Embedding.Columns, ReadoutSymbol.Columns);
            if (Context is not null && (Query is null || Energy is null)) throw Damaged("query and energy of the attention", "only one of them, or none");
            if (Context is not null) Check("the size of a context", ReadoutContext.Columns, Context.Columns);
            if (Feed is not null) Check("the size of a readout", outputs, Feed.Columns);
            if (Query is not null) Check("the inputs of the query", hidden, Query.Columns);
            if (Query is not null && Energy is not null) Check("the size of a query", Query.Rows, Energy.Length);
        }
        int size = outputs;
        foreach (StepLayerDescription layer in Layers.Skip(1))
        {
            Check("the inputs of a layer", size, layer.Weight.Columns);
            size = layer.Hidden;
        }
        if (Projection is not null)
        {
            Check("the inputs of the linear layer before the output", size, Projection.Weight.Columns);
            Check("the biases of the linear layer before the output", Projection.Weight.Rows, Projection.Bias.Length);
            size = Projection.Weight.Rows;
        }
        Check("the inputs of the output", size, Output.Weight.Columns);
        Check("the symbols of the output", Embedding.Rows, Output.Weight.Rows);
        Check("the biases of the output", Embedding.Rows, Output.Bias.Length);
    }

    private static void Check(string what, int expected, int got)
    {
        if (expected != got) throw Damaged($"{expected} for {what}", $"{got}");
    }

    private static FormatException Damaged(string expected, string got) =>
        new($"Decoder graph: expected {expected}, got {got}. The model file is damaged.");
}
