namespace MlNetRnn.Networks;

/// <summary>The states of the rows of a layer.</summary>
internal sealed class LayerState(StepLayer layer, int rows)
{
    private readonly int _width = layer.Width;
    private float[] _spareHidden = [], _spareMemory = [];

    /// <summary>[B,width]; may be followed by numbers without meaning.</summary>
    public float[] Hidden { get; private set; } = new float[rows * layer.Width];

    /// <summary>[B,width]; may be followed by numbers without meaning. Empty for a layer without memory.</summary>
    public float[] Memory { get; private set; } = layer.HasMemory ? new float[rows * layer.Width] : [];

    /// <summary>Replaces the rows: new row i continues old row <paramref name="selected"/>[i]. Their number may change.</summary>
    public void Select(ReadOnlySpan<int> selected)
    {
        (Hidden, _spareHidden) = (Gather(Hidden, _spareHidden, selected), Hidden);
        if (layer.HasMemory) (Memory, _spareMemory) = (Gather(Memory, _spareMemory, selected), Memory);
    }

    /// <summary>Copies the hidden state and the memory of a row to the start of <paramref name="numbers"/>, which moves behind them.</summary>
    public void Save(int row, ref Span<float> numbers)
    {
        foreach (float[] states in Vectors)
        {
            states.AsSpan(row * _width, layer.Hidden).CopyTo(numbers);
            numbers = numbers[layer.Hidden..];
        }
    }

    /// <summary>Sets the hidden state and the memory of a row.</summary>
    public void Restore(int row, ref ReadOnlySpan<float> numbers)
    {
        foreach (float[] states in Vectors)
        {
            numbers[..layer.Hidden].CopyTo(states.AsSpan(row * _width, layer.Hidden));
            numbers = numbers[layer.Hidden..];
        }
    }

    private float[][] Vectors => layer.HasMemory ? [Hidden, Memory] : [Hidden];

    private float[] Gather(float[] from, float[] to, ReadOnlySpan<int> selected)
    {
        if (to.Length < selected.Length * _width) to = new float[selected.Length * _width];
        for (int i = 0; i < selected.Length; i++) from.AsSpan(selected[i] * _width, _width).CopyTo(to.AsSpan(i * _width, _width));
        return to;
    }
}
