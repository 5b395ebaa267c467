using MlNetRnn.Decoding;

namespace MlNetRnn;

/// <summary>
/// The state of a language model after a text, from which generation can be continued: in another call, or, as bytes, in another process. Immutable.
/// </summary>
/// <remarks>
/// It contains the states of the layers, not the text, so that its size does not grow with the text. There are two exceptions, of four bytes per symbol: with
/// <see cref="RnnGenerationOptions.Constraint"/>, <see cref="RnnGenerationOptions.NoRepeatNgramSize"/> or <see cref="RnnGenerationOptions.RepetitionPenalty"/>
/// it contains all symbols so far, and after a beam search those that the search found.
/// </remarks>
public sealed class RnnGenerationState
{
    internal RnnGenerationState(GenerationState generation) => Generation = generation;

    internal GenerationState Generation { get; }

    /// <summary>Returns the state as bytes.</summary>
    public byte[] ToBytes() => Generation.ToBytes();

    /// <summary>Reads a state that <see cref="ToBytes"/> returned.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="FormatException">The bytes are not the state of a generation, or were changed.</exception>
    public static RnnGenerationState FromBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new RnnGenerationState(GenerationState.FromBytes(bytes));
    }
}
