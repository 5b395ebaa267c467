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

    /// <summary>Writes the state of the decoder.</summary>
    public virtual void Save(BinaryWriter writer)
    {
    }

    /// <summary>Reads a state that <see cref="Save"/> wrote.</summary>
    public virtual void Restore(BinaryReader reader)
    {
    }
}
