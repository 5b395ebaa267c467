using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Batching;

namespace MlNetRnn.Trainers.Tests.Batching;

public class LengthBucketsTests
{
    [Property(MaxTest = 300)]
    public bool Each_row_occurs_once_and_no_batch_is_empty_or_too_large(PositiveInt[] lengths, PositiveInt batchSize, int seed)
    {
        int[] rows = [.. Enumerable.Range(100, lengths.Length)];
        List<int[]> batches = LengthBuckets.Cut(rows, row => lengths[row - 100].Get, batchSize.Get, new Random(seed));
        return batches.SelectMany(batch => batch).Order().SequenceEqual(rows) && batches.All(batch => batch.Length > 0 && batch.Length <= batchSize.Get);
    }

    [Property(MaxTest = 100)]
    public bool The_same_seed_gives_the_same_batches(PositiveInt[] lengths, int seed)
    {
        int[] rows = [.. Enumerable.Range(0, lengths.Length)];
        List<int[]> Cut() => LengthBuckets.Cut(rows, row => lengths[row].Get, 4, new Random(seed));
        return Cut().SelectMany(batch => batch).SequenceEqual(Cut().SelectMany(batch => batch));
    }

    [Fact]
    public void Rows_of_a_batch_have_similar_lengths_and_epochs_differ()
    {
        var random = new Random(1);
        int[] lengths = [.. Enumerable.Range(0, 3200).Select(_ => random.Next(1, 100))];
        int[] rows = [.. Enumerable.Range(0, lengths.Length)];
        List<int[]> first = LengthBuckets.Cut(rows, row => lengths[row], 32, random), second = LengthBuckets.Cut(rows, row => lengths[row], 32, random);
        double tokens = lengths.Sum(), padded = first.Sum(batch => batch.Length * batch.Max(row => lengths[row]));
        Assert.True(padded / tokens < 1.1, $"padding would add {padded / tokens - 1:P0}");
        Assert.NotEqual(first.SelectMany(batch => batch), second.SelectMany(batch => batch));
        // The batches have a random order rather than one of ascending length.
        Assert.NotEqual(first.Select(batch => lengths[batch[0]]).Order(), first.Select(batch => lengths[batch[0]]));
    }

    [Fact]
    public void Only_a_single_row_can_exceed_the_maximum_number_of_tokens()
    {
        int[] lengths = [10, LengthBuckets.MaximumTokens - 10, 1, LengthBuckets.MaximumTokens + 5, 3];
        Assert.Equal([[0, 1], [2], [3], [4]], LengthBuckets.Cut(Enumerable.Range(0, 5), row => lengths[row], batchSize: 32));
    }
}
