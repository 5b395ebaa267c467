using MlNetRnn.Modules;

namespace MlNetRnn.Trainers.Tests.Modules;

public class NGramSetTests
{
    private static readonly int[][] Rows = [[2, 3, 4], [2, 3, 4, 2, 3], [1, 3, 4], [9, 9], [3]];

    [Fact]
    public void N_grams_that_occur_often_enough_have_numbers()
    {
        NGramSet set = Learn(Rows, new NGramLimits(Length: 3, MinimumCount: 2, MaximumCount: 100));
        Assert.Equal(3, set.Longer);            // 2 3, 3 4, 2 3 4
        int pair = set.Next(2, 3, table: 0), triple = set.Next(pair, 4, table: 1);
        Assert.InRange(pair, set.First[0], set.First[1] - 1);
        Assert.InRange(triple, set.First[1], set.Count - 1);
        Assert.NotEqual(0, set.Next(3, 4, table: 0));
        Assert.Equal(0, set.Next(4, 2, table: 0));          // occurs once
        Assert.Equal(0, set.Next(3, 2, table: 0));          // never
        Assert.Equal(0, set.Next(pair, 2, table: 1));
    }

    [Fact]
    public void Unknown_tokens_are_in_no_n_gram()
    {
        NGramSet set = Learn([[1, 3], [1, 3], [3, 1], [3, 1], [1, 1, 1]], new NGramLimits(2, 1, 100));
        Assert.Equal(0, set.Longer);
    }

    [Fact]
    public void The_most_frequent_ones_are_kept()
    {
        NGramSet set = Learn([[2, 3, 2, 3, 2, 3], [4, 5], [6, 7]], new NGramLimits(2, 1, MaximumCount: 2));
        Assert.Equal(2, set.Longer);
        Assert.NotEqual(0, set.Next(2, 3, table: 0));
        Assert.NotEqual(0, set.Next(3, 2, table: 0));
        Assert.Equal(0, set.Next(4, 5, table: 0));
    }

    [Fact]
    public void Rows_that_are_not_for_training_do_not_count()
    {
        NGramSet set = NGramSet.Learn(TestBatch.Of([[2, 3], [4, 5]]), [0], 10, new NGramLimits(2, 1, 100), known: null);
        Assert.Equal(1, set.Longer);
        Assert.Equal(0, set.Next(4, 5, table: 0));
    }

    [Fact]
    public void A_continued_set_keeps_the_known_n_grams_and_adds_new_ones()
    {
        var limits = new NGramLimits(3, 1, 100);
        NGramSet known = Learn(Rows, limits);
        // Four new words move the numbers of all n-grams.
        NGramSet more = NGramSet.Learn(TestBatch.Of([[12, 13, 2, 3]]), [0], 14, limits, known);
        Assert.Equal(known.Longer + 2 + 2, more.Longer);        // 12 13, 13 2; 12 13 2, 13 2 3
        int[] numbers = more.NumbersOf(known);
        Assert.Equal(Enumerable.Range(0, 10), numbers[..10]);
        int pair = known.Next(2, 3, 0), triple = known.Next(pair, 4, 1);
        Assert.Equal(more.Next(2, 3, 0), numbers[pair]);
        Assert.Equal(more.Next(more.Next(2, 3, 0), 4, 1), numbers[triple]);
        Assert.NotEqual(0, numbers[triple]);
        Assert.Equal(known.Longer, numbers[10..].Count(number => number != 0));
    }

    private static NGramSet Learn(int[][] rows, NGramLimits limits) =>
        NGramSet.Learn(TestBatch.Of(rows), [.. Enumerable.Range(0, rows.Length)], 10, limits, null);
}
