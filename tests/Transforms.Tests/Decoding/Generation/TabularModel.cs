using System.Buffers.Binary;
using MlNetRnn.Decoding;

namespace MlNetRnn.Transforms.Tests.Decoding;

/// <summary>A model whose distribution depends on the last two symbols, from a table. It counts the symbols that it reads.</summary>
/// <param name="symbols">V.</param>
/// <param name="table">Log-probabilities, [V,V,V]: by the symbol before the last, the last symbol, the next symbol.</param>
/// <param name="rows">B.</param>
internal sealed class TabularModel(int symbols, float[] table, int rows = 1) : INextSymbols
{
    private (int BeforeLast, int Last)[] _states = new (int, int)[rows];

    public int Symbols => symbols;

    public int Rows => _states.Length;

    /// <summary>The number of symbols read, over all rows.</summary>
    public int ReadCount { get; private set; }

    public int Steps { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Creates a model with random distributions.</summary>
    /// <param name="symbols">V.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="spread">How unequal the probabilities are.</param>
    /// <param name="rows">B.</param>
    public static TabularModel Random(int symbols, int seed, double spread = 2, int rows = 1)
    {
        var random = new Random(seed);
        var table = new float[symbols * symbols * symbols];
        for (int start = 0; start < table.Length; start += symbols)
        {
            double[] weights = [.. Enumerable.Range(0, symbols).Select(_ => Math.Exp(spread * (random.NextDouble() * 4 - 2)))];
            for (int i = 0; i < symbols; i++) table[start + i] = (float)Math.Log(weights[i] / weights.Sum());
        }
        return new TabularModel(symbols, table, rows);
    }

    /// <summary>Creates a model with the same distribution after all symbols.</summary>
    public static TabularModel Constant(params double[] probabilities)
    {
        int count = probabilities.Length;
        return new TabularModel(count, [.. Enumerable.Range(0, count * count).SelectMany(_ => probabilities.Select(p => (float)Math.Log(p)))]);
    }

    /// <summary>Returns the distribution after two symbols, [V].</summary>
    public ReadOnlySpan<float> After(int beforeLast, int last) => table.AsSpan((beforeLast * symbols + last) * symbols, symbols);

    public void Read(ReadOnlySpan<int> read, Span<float> logProbabilities)
    {
        if (read.Length != Rows || logProbabilities.Length != Rows * symbols) throw new ArgumentException($"Expected {Rows} symbols, got {read.Length}.");
        for (int b = 0; b < Rows; b++)
        {
            _states[b] = (_states[b].Last, read[b]);
            After(_states[b].BeforeLast, _states[b].Last).CopyTo(logProbabilities[(b * symbols)..]);
        }
        ReadCount += Rows;
        Steps++;
    }

    public void Select(ReadOnlySpan<int> selected)
    {
        var states = new (int, int)[selected.Length];
        for (int i = 0; i < states.Length; i++) states[i] = _states[selected[i]];
        _states = states;
    }

    public byte[] Save(int row)
    {
        var state = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(state, _states[row].BeforeLast);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(4), _states[row].Last);
        return state;
    }

    public void Restore(int row, ReadOnlySpan<byte> state)
    {
        if (state.Length != 8) throw new FormatException($"Expected a state of 8 bytes, got {state.Length}.");
        _states[row] = (BinaryPrimitives.ReadInt32LittleEndian(state), BinaryPrimitives.ReadInt32LittleEndian(state[4..]));
    }

    public void Dispose() => IsDisposed = true;
}
