namespace MlNetRnn.Decoding;

/// <summary>Where the generation of a sequence starts.</summary>
/// <param name="Prompt">
/// The symbols that the model reads first. Without a <paramref name="State"/>, they follow the boundary that begins a document; the boundary is not included.
/// </param>
/// <param name="State">The state of an earlier generation that is continued; null for a new sequence.</param>
internal sealed record GenerationStart(IReadOnlyList<int> Prompt, GenerationState? State = null)
{
    private const int Boundary = 0;

    /// <summary>Returns the symbols that the model has to read.</summary>
    /// <param name="symbols">V.</param>
    /// <exception cref="ArgumentException">A symbol is not one of the model's, or there is nothing to read.</exception>
    public int[] ToRead(int symbols)
    {
        int[] result = [.. State is null ? [Boundary] : State.Pending, .. Prompt];
        foreach (int symbol in State is null ? result : [.. result, .. State.History])
        {
            if ((uint)symbol >= (uint)symbols)
                throw new ArgumentException(
                    $"Prompt: expected symbols from 0 to {symbols - 1}, got {symbol}. Encode the prompt with the vocabulary of this model.");
        }
        if (result.Length == 0)
            throw new ArgumentException(
                "Prompt: expected a symbol, got none. The earlier generation ended because every symbol was forbidden; it continues only with another prompt.");
        return result;
    }
}
