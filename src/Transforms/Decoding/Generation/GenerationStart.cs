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
    /// <exception cref="ArgumentException">A symbol of the prompt is not one of the model's, or there is nothing to read.</exception>
    /// <exception cref="FormatException">The state is that of another model.</exception>
    public int[] ToRead(int symbols)
    {
        if (State is not null && Foreign([.. State.Pending, .. State.History ?? []]) is { } foreign)
            throw new FormatException(
                $"Generation state: expected symbols from 0 to {symbols - 1}, got {foreign}, so it is the state of another model. Use a state of this model.");
        if (Foreign(Prompt) is { } unknown)
            throw new ArgumentException(
                $"Prompt: expected symbols from 0 to {symbols - 1}, got {unknown}. Encode the prompt with the vocabulary of this model.");
        int[] result = [.. State is null ? [Boundary] : State.Pending, .. Prompt];
        if (result.Length == 0)
            throw new ArgumentException(
                "Prompt: expected a symbol, got none. The earlier generation ended because every symbol was forbidden; it continues only with another prompt.");
        return result;

        int? Foreign(IReadOnlyList<int> all) => all.Cast<int?>().FirstOrDefault(symbol => (uint)symbol!.Value >= (uint)symbols);
    }
}
