using MlNetRnn.Decoding;
using MlNetRnn.Transforms.Tests.Decoding;

namespace MlNetRnn.Transforms.Tests.Translation;

/// <summary>A model of several sources, each of which has distributions of its own.</summary>
/// <param name="sources">The distributions for each source.</param>
internal sealed class SourcesModel(params TabularModel[] sources) : INextSymbols
{
    private (int Source, int BeforeLast, int Last)[] _rows = [.. sources.Select((_, i) => (i, 0, 0))];

    public int Symbols => sources[0].Symbols;

    public int Rows => _rows.Length;

    /// <summary>Called with the symbols of each read.</summary>
    public Action<int[]>? OnRead { get; init; }

    public void Read(ReadOnlySpan<int> symbols, Span<float> logProbabilities)
    {
        Assert.Equal(Rows, symbols.Length);
        Assert.Equal(Rows * Symbols, logProbabilities.Length);
        OnRead?.Invoke(symbols.ToArray());
        for (int b = 0; b < Rows; b++)
        {
            (int source, _, int before) = _rows[b];
            _rows[b] = (source, before, symbols[b]);
            sources[source].After(before, symbols[b]).CopyTo(logProbabilities[(b * Symbols)..]);
        }
    }

    public void Select(ReadOnlySpan<int> rows)
    {
        (int, int, int)[] before = _rows;
        _rows = Array.ConvertAll(rows.ToArray(), row => before[row]);
    }

    public byte[] Save(int row) => [(byte)_rows[row].Source, (byte)_rows[row].BeforeLast, (byte)_rows[row].Last];

    public void Restore(int row, ReadOnlySpan<byte> state) => _rows[row] = (state[0], state[1], state[2]);

    public void Dispose()
    {
        // Nothing is held.
    }
}
