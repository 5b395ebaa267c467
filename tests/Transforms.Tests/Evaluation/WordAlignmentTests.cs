using FsCheck.Xunit;
using MlNetRnn.Evaluation;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>The alignment of METEOR.</summary>
public class WordAlignmentTests
{
    [Theory]
    [InlineData("", "a b", 0, 0)]
    [InlineData("a b", "c d", 0, 0)]
    [InlineData("a b c", "a b c", 3, 1)]
    [InlineData("a b c", "a x b c", 3, 2)]
    [InlineData("c b a", "a b c", 3, 3)]
    [InlineData("the dog the cat", "the cat the dog", 4, 2)]
    [InlineData("a a a", "a", 1, 1)]
    // The second "the" is the partner: the first one would need a chunk more.
    [InlineData("the x the dog", "the dog", 2, 1)]
    // The greedy choice of the first free "a" would need three chunks.
    [InlineData("a b", "a a b", 2, 1)]
    public void Words_are_aligned_in_few_chunks(string caption, string reference, int matches, int chunks) =>
        Assert.Equal(new WordAlignment(matches, chunks), WordAlignment.Of(Split(caption), Split(reference)));

    /// <summary>All alignments with as many matches as possible are tried.</summary>
    [Property(MaxTest = 500)]
    public void Alignments_have_the_fewest_chunks(byte[] first, byte[] second)
    {
        string[] caption = Words(first), reference = Words(second);
        int matches = caption.GroupBy(word => word).Sum(group => Math.Min(group.Count(), reference.Count(word => word == group.Key)));
        Assert.Equal(new WordAlignment(matches, Fewest(0, [], -2, 0, 0)), WordAlignment.Of(caption, reference));

        int Fewest(int index, HashSet<int> taken, int last, int found, int chunks)
        {
            if (index == caption.Length) return found == matches ? chunks : int.MaxValue;
            int best = Fewest(index + 1, taken, -2, found, chunks);
            for (int i = 0; i < reference.Length; i++)
                if (reference[i] == caption[index] && !taken.Contains(i))
                    best = Math.Min(best, Fewest(index + 1, [.. taken, i], i, found + 1, i == last + 1 ? chunks : chunks + 1));
            return best;
        }

        static string[] Words(byte[] numbers) => [.. numbers.Take(6).Select(number => $"{number % 3}")];
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
