using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Quantization;

namespace MlNetRnn.Trainers.Tests.Quantization;

public class Int8WeightsTests
{
    [Property]
    public Property Every_weight_is_accurate_within_half_a_step_of_its_row() => Prop.ForAll(Matrices(), matrix =>
    {
        var int8 = new Int8Weights(matrix.Weights, matrix.Columns, Int8Weights.MaximumFactor);
        for (int i = 0; i < matrix.Weights.Length; i++)
        {
            float scale = int8.Scales[i / matrix.Columns];
            Assert.InRange(Math.Abs(matrix.Weights[i] - scale * (sbyte)int8.Rows[i]), 0, scale * 0.5001);
        }
    });

    [Property]
    public Property Transposed_integers_are_those_of_the_rows() => Prop.ForAll(Matrices(), matrix =>
    {
        var int8 = new Int8Weights(matrix.Weights, matrix.Columns, Int8Weights.MaximumFactor);
        int rows = matrix.Weights.Length / matrix.Columns;
        byte[] transposed = int8.Transposed(rows);
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < matrix.Columns; c++) Assert.Equal(int8.Rows[r * matrix.Columns + c], transposed[c * rows + r]);
    });

    [Fact]
    public void A_row_of_zeros_remains_zero()
    {
        var int8 = new Int8Weights([0, 0, 1, -2], 2, Int8Weights.Maximum);
        Assert.Equal([1, 2f / Int8Weights.Maximum], int8.Scales);
        Assert.Equal([0, 0, 64, -127], int8.Rows.ToArray().Select(number => (int)(sbyte)number));
    }

    [Fact]
    public void Transposes_each_block_by_itself()
    {
        var int8 = new Int8Weights([127, 1, 127, 2, 127, 3, 127, 4], 2, Int8Weights.Maximum);
        Assert.Equal(new byte[] { 127, 127, 1, 2, 127, 127, 3, 4 }, int8.Transposed(2));
    }

    private static Arbitrary<(float[] Weights, int Columns)> Matrices() => Arb.From(
        from rows in Gen.Choose(1, 5)
        from columns in Gen.Choose(1, 7)
        from size in Gen.Elements(1e-20f, 1e-3f, 1f, 1e10f)
        from weights in Gen.Choose(-1000, 1000).ArrayOf(rows * columns)
        select (weights.Select(weight => weight * size / 1000).ToArray(), columns));
}
