namespace MlNetRnn.Networks;

/// <summary>A matrix of weights [rows,columns], row by row.</summary>
internal sealed record WeightMatrix(float[] Numbers, int Rows, int Columns)
{
    public ReadOnlySpan<float> Row(int row) => Numbers.AsSpan(row * Columns, Columns);

    public WeightMatrix Transposed()
    {
        var result = new float[Numbers.Length];
        for (int row = 0; row < Rows; row++)
            for (int column = 0; column < Columns; column++) result[column * Rows + row] = Numbers[row * Columns + column];
        return new WeightMatrix(result, Columns, Rows);
    }
}
