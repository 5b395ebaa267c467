namespace MlNetRnn.Networks;

/// <summary>
/// The inputs of the gates of the first layer for each symbol, W e + b. They are computed once for all symbols if the table is not too large; otherwise in each
/// step. Immutable, and therefore thread-safe.
/// </summary>
internal sealed class SymbolInputs
{
    /// <summary>
    /// The maximum size of the table, 64 MB: 16,000 symbols for an LSTM of 256. With more symbols, the output layer takes nearly all time, and the table would
    /// save little.
    /// </summary>
    public const long DefaultTableBytes = 64 << 20;

    private const int Batch = 32;

    private readonly float[] _table;
    private readonly WeightMatrix? _vectors;
    private readonly AffineMap? _map;

    /// <param name="vectors">The vector of each symbol, [V,E].</param>
    /// <param name="map">W and b.</param>
    /// <param name="tableBytes">The maximum size of the table.</param>
    public SymbolInputs(WeightMatrix vectors, AffineMap map, long tableBytes)
    {
        Stride = map.Stride;
        if ((long)vectors.Rows * Stride * sizeof(float) > tableBytes)
        {
            (_table, _vectors, _map) = ([], vectors, map);
            return;
        }
        _table = new float[vectors.Rows * Stride];
        for (int first = 0; first < vectors.Rows; first += Batch)
        {
            int count = Math.Min(Batch, vectors.Rows - first);
            map.Compute(vectors.Numbers.AsSpan(first * vectors.Columns), vectors.Columns, _table.AsSpan(first * Stride), count);
        }
    }

    /// <summary>The length of a row of the result.</summary>
    public int Stride { get; }

    /// <summary>The length of a row of the working memory of <see cref="Compute"/>.</summary>
    public int Scratch => _vectors?.Columns ?? 0;

    /// <summary>The number of bytes of weights that a step of one row reads.</summary>
    public long Bytes => _map?.Bytes ?? Stride * sizeof(float);

    /// <param name="symbols">[B]</param>
    /// <param name="gates">Receives [B,stride].</param>
    /// <param name="scratch">[B,scratch]</param>
    public void Compute(ReadOnlySpan<int> symbols, Span<float> gates, Span<float> scratch)
    {
        if (_vectors is null)
        {
            for (int b = 0; b < symbols.Length; b++) _table.AsSpan(symbols[b] * Stride, Stride).CopyTo(gates.Slice(b * Stride, Stride));
            return;
        }
        for (int b = 0; b < symbols.Length; b++) _vectors.Row(symbols[b]).CopyTo(scratch.Slice(b * Scratch, Scratch));
        _map!.Compute(scratch, Scratch, gates, symbols.Length);
    }
}
