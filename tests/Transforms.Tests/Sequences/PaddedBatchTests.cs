using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Sequences;

namespace MlNetRnn.Transforms.Tests.Sequences;

public class PaddedBatchTests
{
    [Fact]
    public void Rows_are_padded_at_their_end()
    {
        PaddedBatch batch = PaddedBatch.From(Store([[5, 6, 7], [8], [9, 10]]), [2, 0, 1]);
        Assert.Equal([9L, 10, 0, 5, 6, 7, 8, 0, 0], batch.Tokens);
        Assert.Equal([2, 3, 1], batch.Lengths);
        Assert.Equal((3, 3), (batch.Rows, batch.Steps));
    }

    [Fact]
    public void An_empty_sequence_is_one_unknown_token()
    {
        SequenceStore store = Store([[], [4]]);
        Assert.Equal([SpecialTokens.Unknown], store[0].ToArray());
        Assert.Equal([1L, 4], PaddedBatch.From(store, [0, 1]).Tokens);
    }

    [Property(MaxTest = 200)]
    public bool A_batch_contains_every_token_and_padding(NonEmptyArray<PositiveInt[]> rows)
    {
        int[][] expected = [.. rows.Get.Select(row => row.Length == 0 ? [SpecialTokens.Unknown] : row.Select(x => x.Get).ToArray())];
        PaddedBatch batch = PaddedBatch.From(Store(rows.Get.Select(row => row.Select(x => x.Get).ToArray())), Enumerable.Range(0, expected.Length).ToArray());
        return Enumerable.Range(0, batch.Rows).All(b =>
        {
            ReadOnlySpan<long> row = batch.Tokens.AsSpan(b * batch.Steps, batch.Steps);
            return batch.Lengths[b] == expected[b].Length
                && row[..batch.Lengths[b]].SequenceEqual(Array.ConvertAll(expected[b], x => (long)x))
                && !row[batch.Lengths[b]..].ContainsAnyExcept(0L);
        });
    }

    [Fact]
    public void A_store_renumbers_its_tokens()
    {
        SequenceStore store = Store([[2, 3]]);
        store.Renumber([0, 1, 7, 8]);
        store.Add(9);
        store.EndSequence();
        Assert.Equal([7, 8], store[0].ToArray());
        Assert.Equal([9], store[1].ToArray());
        Assert.Equal((2, 3L), (store.Count, store.StepCount));
    }

    private static SequenceStore Store(IEnumerable<int[]> rows)
    {
        var store = new SequenceStore();
        foreach (int[] row in rows)
        {
            foreach (int token in row) store.Add(token);
            store.EndSequence();
        }
        return store;
    }
}
