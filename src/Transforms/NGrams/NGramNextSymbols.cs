using System.Buffers.Binary;
using MlNetRnn.Decoding;

namespace MlNetRnn.NGrams;

/// <summary>The distribution of the next symbol from an n-gram model. The state of a row is its last n - 1 symbols. Not thread-safe; the model is.</summary>
internal sealed class NGramNextSymbols(NGramModel model, int rows) : INextSymbols
{
    private const int HeaderSize = sizeof(ulong);

    private int[][] _contexts = [.. Enumerable.Repeat<int[]>([], rows)];      // a context never changes: rows may share it

    public int Symbols => model.Symbols;

    public int Rows => _contexts.Length;

    public void Read(ReadOnlySpan<int> symbols, Span<float> logProbabilities)
    {
        for (int row = 0; row < _contexts.Length; row++)
        {
            int[] old = _contexts[row];
            int[] context = [.. old.AsSpan(Math.Max(0, old.Length - (model.Order - 2))), symbols[row]];
            model.Distribution(context, logProbabilities.Slice(row * Symbols, Symbols));
            _contexts[row] = context;
        }
    }

    public void Select(ReadOnlySpan<int> selected)
    {
        var contexts = new int[selected.Length][];
        for (int row = 0; row < selected.Length; row++) contexts[row] = _contexts[selected[row]];
        _contexts = contexts;
    }

    public byte[] Save(int row)
    {
        int[] context = _contexts[row];
        var state = new byte[HeaderSize + sizeof(int) * context.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(state, model.Hash);
        for (int i = 0; i < context.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(HeaderSize + sizeof(int) * i), context[i]);
        return state;
    }

    public void Restore(int row, ReadOnlySpan<byte> state)
    {
        int count = (state.Length - HeaderSize) / sizeof(int);
        bool isOfModel = state.Length >= HeaderSize && state.Length == HeaderSize + sizeof(int) * count && count < model.Order
            && BinaryPrimitives.ReadUInt64LittleEndian(state) == model.Hash;
        var context = new int[isOfModel ? count : 0];
        for (int i = 0; i < context.Length; i++)
        {
            context[i] = BinaryPrimitives.ReadInt32LittleEndian(state[(HeaderSize + sizeof(int) * i)..]);
            isOfModel &= (uint)context[i] < (uint)Symbols;
        }
        if (!isOfModel)
        {
            throw new FormatException(
                $"State: expected the last symbols of a row of this n-gram model, got {state.Length} other bytes. Use a state that was saved with this model.");
        }
        _contexts[row] = context;
    }

    public void Dispose()
    {
    }
}
