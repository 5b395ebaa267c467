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
            int[] context = Continued(_contexts[row], symbols.Slice(row, 1));
            model.Distribution(context, logProbabilities.Slice(row * Symbols, Symbols));
            _contexts[row] = context;
        }
    }

    public void ReadPrompts(IReadOnlyList<ReadOnlyMemory<int>> prompts)
    {
        foreach (ReadOnlyMemory<int> prompt in prompts)
            foreach (int symbol in prompt.Span) model.Require(symbol);
        for (int row = 0; row < _contexts.Length; row++) _contexts[row] = Continued(_contexts[row], prompts[row].Span);
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

    /// <summary>Returns the last n - 1 symbols of a context and the symbols that follow it.</summary>
    private int[] Continued(int[] context, ReadOnlySpan<int> symbols)
    {
        int length = model.Order - 1;
        symbols = symbols[Math.Max(0, symbols.Length - length)..];
        return [.. context.AsSpan(Math.Max(0, context.Length + symbols.Length - length)), .. symbols];
    }
}
