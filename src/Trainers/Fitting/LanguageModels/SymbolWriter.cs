using MlNetRnn.Batching;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;

namespace MlNetRnn.Fitting;

/// <summary>Writes rows of symbols with boundaries: each row as a document, or all rows as one stream.</summary>
/// <param name="isStream">Whether the rows are one stream.</param>
internal sealed class SymbolWriter(bool isStream)
{
    private readonly SequenceStore _store = new();

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="symbols">The symbols of the row, without boundaries.</param>
    /// <param name="isWhole">Whether the row ends here, so that the boundary follows; otherwise its rest is held out.</param>
    public void Add(List<int> symbols, bool isWhole)
    {
        if (symbols.Count == 0 && !isWhole) return;
        if (!isStream || Rows == 0) _store.Add(SymbolCodec.Boundary);
        foreach (int symbol in symbols) _store.Add(symbol);
        if (isWhole) _store.Add(SymbolCodec.Boundary);
        if (!isStream) _store.EndSequence();
        Rows++;
    }

    /// <summary>Returns the symbols; null if there are none to predict.</summary>
    public SymbolSet? ToSet()
    {
        if (isStream && Rows > 0) _store.EndSequence();
        var set = new SymbolSet(_store, isStream);
        return set.Predictions == 0 ? null : set;
    }
}
