using System.Text;

namespace MlNetRnn.Symbols;

/// <summary>Converts symbols to text one after another. Not thread-safe.</summary>
internal abstract class SymbolDecoder
{
    /// <summary>Appends the text that one more symbol adds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The symbol is not one of the model.</exception>
    public abstract void Append(int symbol, StringBuilder text);

    /// <summary>Appends what is still held back, at the end of the symbols. The decoder then begins a new text.</summary>
    public virtual void Flush(StringBuilder text)
    {
    }

    /// <summary>Reads symbols whose text is known: a prompt. The next text continues it, with a blank if the next word needs one.</summary>
    public void Skip(ReadOnlySpan<int> symbols)
    {
        var text = new StringBuilder();
        foreach (int symbol in symbols)
        {
            Append(symbol, text);
            text.Clear();
        }
    }

    /// <summary>Notes that the text before ends in white space, so that the next word needs no blank.</summary>
    public virtual void SkipBlank()
    {
    }

    /// <summary>Returns the state as bytes, which <see cref="Restore(byte[])"/> accepts for the same codec in any process.</summary>
    public byte[] Save()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) Save(writer);
        return stream.ToArray();
    }

    /// <summary>Sets the state.</summary>
    /// <exception cref="FormatException">The bytes are not a state of this codec.</exception>
    public void Restore(byte[] state)
    {
        using var reader = new BinaryReader(new MemoryStream(state));
        try
        {
            Restore(reader);
        }
        catch (EndOfStreamException e)
        {
            throw Invalid(e);
        }
        if (reader.BaseStream.Position != state.Length) throw Invalid(null);
    }

    protected static FormatException Invalid(Exception? inner) =>
        new("Text state: expected a state that was saved with this model, got other bytes. Use the state of the same model.", inner);

    /// <summary>Writes the state of the decoder.</summary>
    protected virtual void Save(BinaryWriter writer)
    {
    }

    /// <summary>Reads a state that <see cref="Save(BinaryWriter)"/> wrote.</summary>
    protected virtual void Restore(BinaryReader reader)
    {
    }
}
