namespace MlNetRnn.Networks;

/// <summary>A source after the encoder.</summary>
/// <param name="Length">S, the number of source steps.</param>
/// <param name="States">[S,C]; empty for a decoder without attention.</param>
/// <param name="Keys">[S,A]; empty for a decoder without attention.</param>
/// <param name="Initial">The initial states of the decoder: of each layer the hidden state, and the memory if it has one.</param>
/// <param name="EncoderState">The last state of each direction of the encoder, or the mean of all states.</param>
internal sealed record EncodedSource(int Length, float[] States, float[] Keys, IReadOnlyList<float[]> Initial, float[] EncoderState)
{
    /// <summary>The boxes of the regions that the encoder has computed, [S,4]; empty if it does not compute boxes.</summary>
    public float[] Boxes { get; init; } = [];
}
