namespace MlNetRnn.Networks;

/// <summary>The states of the rows of a layer.</summary>
internal sealed class LayerState(StepLayer layer, int rows)
{
    private float[] _spareHidden = [], _spareMemory = [];

    /// <summary>[B,width]; may be followed by numbers without meaning.</summary>
    public float[] Hidden { get; private set; } = new float[rows * layer.Width];

    /// <summary>[B,memory width]; may be followed by numbers without meaning. Empty for a layer without memory.</summary>
    public float[] Memory { get; private set; } = new float[rows * layer.MemoryWidth];

    /// <summary>Replaces the rows: new row i continues old row <paramref name="selected"/>[i]. Their number may change.</summary>
    public void Select(ReadOnlySpan<int> selected)
    {
        (Hidden, _spareHidden) = (Gather(Hidden, _spareHidden, selected, layer.Width), Hidden);
        (Memory, _spareMemory) = (Gather(Memory, _spareMemory, selected, layer.MemoryWidth), Memory);
    }

    /// <summary>Copies the hidden state and the memory of a row to the start of <paramref name="numbers"/>, which moves behind them.</summary>
    public void Save(int row, ref Span<float> numbers)
    {
        foreach ((float[] states, int size, int width) in Vectors)
        {
            states.AsSpan(row * width, size).CopyTo(numbers);
            numbers = numbers[size..];
        }
    }

    /// <summary>Sets the hidden state and the memory of a row.</summary>
    public void Restore(int row, ref ReadOnlySpan<float> numbers)
    {
        foreach ((float[] states, int size, int width) in Vectors)
        {
            numbers[..size].CopyTo(states.AsSpan(row * width, size));
            numbers = numbers[size..];
        }
    }

    private (float[] States, int Size, int Width)[] Vectors => [(Hidden, layer.Hidden, layer.Width), (Memory, layer.MemorySize, layer.MemoryWidth)];

    private static float[] Gather(float[] from, float[] to, ReadOnlySpan<int> selected, int width)
    {
        if (to.Length < selected.Length * width) to = new float[selected.Length * width];
        for (int i = 0; i < selected.Length; i++) from.AsSpan(selected[i] * width, width).CopyTo(to.AsSpan(i * width, width));
        return to;
    }
}
