namespace MlNetRnn.Networks;

/// <summary>One output of a network for the rows of a block: so many numbers a row, without padding.</summary>
internal sealed class RowValues
{
    private float[][] _rows = [];

    public ReadOnlySpan<float> this[int row] => _rows[row];

    /// <summary>Makes room for so many rows; what they held is kept for reuse.</summary>
    public void Resize(int rows)
    {
        if (_rows.Length < rows) Array.Resize(ref _rows, rows);
    }

    /// <summary>Sets the numbers of a row. Rows may be set by several threads at once.</summary>
    public void Set(int row, ReadOnlySpan<float> values)
    {
        if (_rows[row] is not { } target || target.Length != values.Length) _rows[row] = target = new float[values.Length];
        values.CopyTo(target);
    }
}
