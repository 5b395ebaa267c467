using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Batching;
using MlNetRnn.Trainers.Tests.Modules;

namespace MlNetRnn.Trainers.Tests.Batching;

public class PackedBatchTests
{
    [Fact]
    public void Rows_are_packed_step_by_step_in_descending_order_of_length()
    {
        PackedBatch batch = PackedBatch.From(TestBatch.Of([[10], [20, 21, 22], [30, 31]]), [0, 1, 2]);
        Assert.Equal([1, 2, 0], batch.Rows);
        Assert.Equal([20, 30, 10, 21, 31, 22], batch.Tokens);
        Assert.Equal([3, 2, 1], batch.RowsAt);
        Assert.Equal([0, 3, 5], batch.Offsets);
    }

    [Property(MaxTest = 300)]
    public bool Each_token_is_at_its_position_and_there_are_no_others(NonEmptyArray<NonEmptyArray<PositiveInt>> rows)
    {
        int[][] expected = [.. rows.Get.Select(row => row.Get.Select(x => x.Get).ToArray())];
        PackedBatch batch = PackedBatch.From(TestBatch.Of(expected), Enumerable.Range(0, expected.Length).ToArray());
        return batch.Count == expected.Sum(row => row.Length)
            && batch.RowsAt.SequenceEqual(batch.RowsAt.OrderDescending())
            && batch.Rows.Order().SequenceEqual(Enumerable.Range(0, expected.Length))
            && Enumerable.Range(0, expected.Length).All(b =>
                Enumerable.Range(0, batch.Lengths[b]).Select(t => batch.Tokens[batch.Position(b, t)]).SequenceEqual(expected[batch.Rows[b]]));
    }
}
