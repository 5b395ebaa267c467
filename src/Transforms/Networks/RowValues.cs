namespace MlNetRnn.Networks;

/// <summary>The values of one network output for the rows of a block, without padding.</summary>
internal sealed class RowValues
{
    private float[][] _rows = [];

    public ReadOnlySpan<float> this[int row] => _rows[row];

    /// <summary>Makes room for a number of rows. Existing arrays are kept for reuse.</summary>
    public void Resize(int rows)
    {
        if (_rows.Length < rows) Array.Resize(ref _rows, rows);
    }

    /// <summary>Sets the values of a row. Several threads may set different rows at once.</summary>
    public void Set(int row, ReadOnlySpan<float> values)
    {
        if (_rows[row] is not { } target || target.Length != values.Length) _rows[row] = target = new float[values.Length];
        values.CopyTo(target);
    }
}
