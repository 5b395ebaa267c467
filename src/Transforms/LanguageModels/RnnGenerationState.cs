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
    private const int Version = 1;

    internal RnnGenerationState(GenerationState generation, int[] lastSymbols) => (Generation, LastSymbols) = (generation, lastSymbols);

    internal GenerationState Generation { get; }

    /// <summary>The last symbols of the text, on which the blanks of the next ones depend.</summary>
    internal int[] LastSymbols { get; }

    /// <summary>Returns the state as bytes.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Version);
            writer.Write(LastSymbols.Length);
            foreach (int symbol in LastSymbols) writer.Write(symbol);
            writer.Write(Generation.ToBytes());
        }
        return stream.ToArray();
    }

    /// <summary>Reads a state that <see cref="ToBytes"/> returned.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="FormatException">The bytes are not the state of a generation, or were changed.</exception>
    public static RnnGenerationState FromBytes(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        try
        {
            int version = reader.ReadInt32(), count = reader.ReadInt32();
            if (version != Version || count < 0 || count > bytes.Length / sizeof(int)) throw Fault(null);
            int[] symbols = [.. Enumerable.Range(0, count).Select(_ => reader.ReadInt32())];
            return new RnnGenerationState(GenerationState.FromBytes(bytes.AsSpan((int)reader.BaseStream.Position)), symbols);
        }
        catch (EndOfStreamException e)
        {
            throw Fault(e);
        }
    }

    private static FormatException Fault(Exception? inner) => new(
        "Generation state: expected bytes that RnnGenerationState.ToBytes returned, got others. Use the bytes exactly as they were saved.", inner);
}
