using MlNetRnn.RandomNumbers;

namespace MlNetRnn.Transforms.Tests.RandomNumbers;

public class RandomStreamTests
{
    [Fact]
    public void The_numbers_are_those_of_the_reference()
    {
        // The first outputs of SplitMix64 for the seed 1234567 (Steele et al., 2014; Vigna's reference code).
        ulong[] reference = [6457827717110365317, 3203168211198807973, 9817491932198370423];
        var stream = new RandomStream(1234567);
        foreach (ulong number in reference) Assert.Equal((number >> 11) / (double)(1UL << 53), stream.Next());
    }

    [Fact]
    public void A_stored_stream_is_continued()
    {
        RandomStream stream = RandomStream.Create(1, 2);
        stream.Next();
        var continued = new RandomStream(stream.State);
        Assert.Equal(stream.Next(), continued.Next());
    }

    [Fact]
    public void Streams_of_a_seed_and_of_adjacent_seeds_differ() =>
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(i => RandomStream.Create((ulong)i / 100, i % 100).Next()).Distinct().Count());
}
