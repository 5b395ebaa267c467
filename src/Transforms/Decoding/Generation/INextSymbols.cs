namespace MlNetRnn.Decoding;

/// <summary>
/// A model that reads symbols one by one and computes the distribution of the next symbol: a recurrent network, an n-gram model, or an ensemble. It reads
/// several rows at once; each row is a sequence with its own state. Greedy search, sampling and beam search work on any such model. Not thread-safe: each
/// caller opens its own.
/// </summary>
internal interface INextSymbols : IDisposable
{
    /// <summary>V, the number of symbols. Symbol 0 is the boundary (the beginning and the end of a document); symbol 1 is the unknown symbol.</summary>
    int Symbols { get; }

    /// <summary>B, the number of rows.</summary>
    int Rows { get; }

    /// <summary>Reads one symbol per row and computes the log-probabilities of the next symbol.</summary>
    /// <param name="symbols">The symbols, [B]. The first symbol that a row reads is the boundary, unless the row begins in the middle of a document.</param>
    /// <param name="logProbabilities">Receives log P(next symbol | all symbols read), [B,V].</param>
    void Read(ReadOnlySpan<int> symbols, Span<float> logProbabilities);

    /// <summary>
    /// Reads several symbols per row. Their distributions are not needed, so that a model that can read them faster than one by one implements this method.
    /// </summary>
    /// <param name="prompts">The symbols of each row, [B]. The lengths may differ. A row without symbols keeps its state.</param>
    void ReadPrompts(IReadOnlyList<ReadOnlyMemory<int>> prompts) => PromptReading.ReadOneByOne(this, prompts);

    /// <summary>Replaces the rows: new row i continues old row <paramref name="rows"/>[i]. A row may be continued several times or not at all.</summary>
    /// <param name="rows">The old rows, 0-based. Their number is the new B.</param>
    void Select(ReadOnlySpan<int> rows);

    /// <summary>Returns the state of a row as bytes, which <see cref="Restore"/> of the same model accepts in any process.</summary>
    byte[] Save(int row);

    /// <summary>Sets the state of a row. If the bytes are refused, the row keeps its state.</summary>
    /// <exception cref="FormatException">The bytes are not a state of this model.</exception>
    void Restore(int row, ReadOnlySpan<byte> state);
}
