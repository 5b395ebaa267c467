using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Sequences;

namespace MlNetRnn.Networks;

/// <summary>The inputs of a graph for a batch of rows.</summary>
internal sealed class NetworkInputs : IDisposable
{
    private readonly List<string> _names = [];
    private readonly List<OrtValue> _values = [];

    private NetworkInputs(PaddedBatch main) => (Lengths, Steps) = (main.Lengths, main.Steps);

    public IReadOnlyCollection<string> Names => _names;

    public IReadOnlyCollection<OrtValue> Values => _values;

    /// <summary>The true length of each row, [B].</summary>
    public int[] Lengths { get; }

    /// <summary>T.</summary>
    public int Steps { get; }

    public static NetworkInputs Of(SequenceBlock block, ReadOnlySpan<int> rows)
    {
        PaddedBatch main = PaddedBatch.From(block.Main, rows);
        var inputs = new NetworkInputs(main);
        inputs.Add(main, block.Main.FrameSize, column: 0);
        inputs.Add(NetworkSignature.Lengths, main.Lengths, main.Rows);                                              // [B]
        if (block.Main.HasGrids) inputs.Add<long>(NetworkSignature.Width, [block.Main.Width(rows[0])], 1);
        for (int i = 0; i < block.Additional.Count; i++)
            inputs.Add(PaddedBatch.From(block.Additional[i], rows), block.Additional[i].FrameSize, column: i + 1);
        if (block.Characters is { } characters) inputs.Add(main, block.Main, characters, rows);
        return inputs;
    }

    public void Dispose()
    {
        foreach (OrtValue value in _values) value.Dispose();
    }

    private void Add(PaddedBatch batch, int frameSize, int column)
    {
        if (frameSize == 0) Add(NetworkSignature.OfColumn(NetworkSignature.Tokens, column), batch.Tokens, batch.Rows, batch.Steps);                // [B,T]
        else Add(NetworkSignature.OfColumn(NetworkSignature.Frames, column), batch.Frames, batch.Rows, batch.Steps, frameSize);                    // [B,T,F]
    }

    private void Add(PaddedBatch batch, SequenceStore store, CharacterIndex index, ReadOnlySpan<int> rows)
    {
        var spelled = new int[batch.Lengths.Sum()];
        for (int b = 0, at = 0; b < rows.Length; at += batch.Lengths[b++]) store.Spelled(rows[b]).CopyTo(spelled.AsSpan(at));
        WordCharacters words = WordCharacters.Of(spelled, spelling => index.NumbersOf(store.Spellings[spelling]));
        int longest = words.Characters.Max(characters => characters.Length), count = words.Characters.Length;
        int[] starts = new int[batch.Rows];
        for (int b = 1; b < batch.Rows; b++) starts[b] = starts[b - 1] + batch.Lengths[b - 1];
        long[] padded = PaddedBatch.Pad(count, longest, word => words.Characters[word]);
        long[] places = PaddedBatch.Pad(batch.Rows, batch.Steps, b => words.Words.AsSpan(starts[b], batch.Lengths[b]));
        Add(NetworkSignature.Characters, padded, count, longest);                                                   // [W,C]
        Add(NetworkSignature.CharacterLengths, Array.ConvertAll(words.Characters, characters => characters.Length), count);      // [W]
        Add(NetworkSignature.Words, places, batch.Rows, batch.Steps);                                               // [B,T]
    }

    private void Add<T>(string name, T[] numbers, params long[] shape) where T : unmanaged
    {
        _names.Add(name);
        _values.Add(OrtValue.CreateTensorValueFromMemory(numbers, shape));
    }
}
