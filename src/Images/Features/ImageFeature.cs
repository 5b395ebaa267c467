namespace MlNetRnn.Images.Features;

/// <summary>A tensor of the network that becomes a column.</summary>
/// <param name="Node">The name of the tensor in the ONNX graph.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="Side">The number of cells in each direction.</param>
internal sealed record ImageFeature(string Node, int Channels, int Side)
{
    /// <summary>The mean of all cells: the output of the published network.</summary>
    public static readonly ImageFeature Vector = new("Pooling395_Output_0", 512, 1);

    /// <summary>The cells before the mean: the output of the last residual block.</summary>
    public static readonly ImageFeature Grid = new("ReLU393_Output_0", 512, 7);

    /// <summary>The number of numbers.</summary>
    public int Length => Channels * Side * Side;

    /// <summary>Copies a tensor [1, channels, side, side] to cells in row-major order, each with its channels one after another.</summary>
    public void Copy(ReadOnlySpan<float> tensor, Span<float> cells)
    {
        int count = Side * Side;
        for (int cell = 0; cell < count; cell++)
            for (int channel = 0; channel < Channels; channel++) cells[cell * Channels + channel] = tensor[channel * count + cell];
    }
}
