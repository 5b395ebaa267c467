namespace MlNetRnn.Networks;

/// <summary>A network that predicts the next symbol: symbol → vector → layers → optional linear layer → logits.</summary>
/// <param name="Embedding">The vector of each symbol, [V,E].</param>
/// <param name="Layers">The layers, at least one.</param>
/// <param name="Projection">A linear layer after the recurrent layers; null for none.</param>
/// <param name="Output">The linear layer that computes the logits of the V symbols. Its weights may be those of the embedding.</param>
internal sealed record StepNetworkDescription(
    WeightMatrix Embedding, IReadOnlyList<StepLayerDescription> Layers, LinearDescription? Projection, LinearDescription Output)
{
    /// <summary>Checks that the parts fit.</summary>
    /// <exception cref="FormatException">They do not.</exception>
    public void Validate()
    {
        if (Embedding.Rows < 1 || Embedding.Columns < 1 || Projection?.Weight.Rows < 1)
            throw new FormatException("Network graph: expected weights, got a matrix without numbers. The model file is damaged.");
        int size = Embedding.Columns;
        for (int i = 0; i < Layers.Count; i++)
        {
            Check($"the inputs of layer {i}", size, Layers[i].Weight.Columns);
            size = Layers[i].Hidden;
        }
        if (Projection is not null)
        {
            Check("the inputs of the linear layer after the recurrent layers", size, Projection.Weight.Columns);
            size = Projection.Weight.Rows;
        }
        Check("the inputs of the output layer", size, Output.Weight.Columns);
        Check("the symbols of the output layer", Embedding.Rows, Output.Weight.Rows);

        static void Check(string what, int expected, int got)
        {
            if (expected != got) throw new FormatException($"Network graph: expected {expected} for {what}, got {got}. The model file is damaged.");
        }
    }
}

/// <summary>A linear layer.</summary>
/// <param name="Weight">[O,I]</param>
/// <param name="Bias">[O]</param>
internal sealed record LinearDescription(WeightMatrix Weight, float[] Bias);

/// <summary>A layer in the layout of ONNX, with G gates.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Activation">The activation of the candidate state (GRU), or of the state (Elman).</param>
/// <param name="Hidden">H.</param>
/// <param name="Weight">W, [G·H,I].</param>
/// <param name="Recurrent">R, [G·H,H]; null for the minimal GRU and for layers without recurrence.</param>
/// <param name="Bias">The input bias and the recurrent bias, [2·G·H].</param>
internal sealed record StepLayerDescription(
    StepCell Cell, StepActivation Activation, int Hidden, WeightMatrix Weight, WeightMatrix? Recurrent, float[] Bias);
