using System.Numerics;

namespace MlNetRnn.NGrams;

/// <summary>Computes the level of an <see cref="NGramModel"/> from the n-grams of its order.</summary>
/// <param name="keys">The form of the n-grams.</param>
/// <param name="length">The number of symbols of a context.</param>
/// <param name="grams">The n-grams with the counts of Kneser-Ney.</param>
/// <param name="longer">The ends of the contexts of the level above, which must be contexts of this level, and their numbers.</param>
internal sealed class NGramLevelBuilder<TKey>(NGramKeys<TKey> keys, int length, CountedKeys<TKey> grams, CountedKeys<TKey> longer)
    where TKey : unmanaged, IBinaryInteger<TKey>
{
    private const int ContextsBetweenChecks = 1 << 16;

    /// <summary>The ends of the contexts of this level, without their oldest symbols, and their numbers.</summary>
    public CountedKeys<TKey> ContextsByEnd { get; private set; } = new();

    /// <summary>Returns the level.</summary>
    /// <param name="minimumCount">The minimum count of an n-gram of order 3 and above.</param>
    /// <param name="isLast">Whether there is no level above.</param>
    /// <param name="check">Called again and again; throws to cancel.</param>
    public NGramLevel Build(int minimumCount, bool isLast, Action check)
    {
        int least = length < 2 ? 1 : minimumCount;
        // Counting first needs no larger arrays than the result.
        (int contexts, int ends, int successors, Discounts discounts) = Count(least, check);
        ContextsByEnd = new CountedKeys<TKey>(ends);
        var level = new NGramLevel(
            new int[contexts], isLast ? [] : new int[contexts + 1], new int[contexts + 1], new float[contexts], new int[successors], new float[successors]);
        int context = 0, successor = 0;
        for (var each = new NGramContexts<TKey>(keys, length, grams, longer); each.MoveNext();)
        {
            if (context % ContextsBetweenChecks == 0) check();
            if (!IsKept(each, least)) continue;
            level.Symbols[context] = length == 0 ? 0 : keys.Digit(each.Context, 0);
            ContextsByEnd.Append(keys.Prefix(each.Context), 1);
            level.Backoffs[context] = each.Begin == each.End ? 1 : Weigh(each, least, discounts, level, ref successor);
            context++;
            if (!isLast) level.FirstLonger[context] = level.FirstLonger[context - 1] + each.LongerCount;
            level.FirstSuccessor[context] = successor;
        }
        if (context < contexts) level.Backoffs[0] = 1;
        return level;
    }

    /// <summary>Writes the weights of the successors of a context and returns that of the shorter context.</summary>
    private float Weigh(NGramContexts<TKey> context, int least, Discounts discounts, NGramLevel level, ref int successor)
    {
        ReadOnlySpan<int> counts = grams.Counts[context.Begin..context.End];
        long total = 0;
        foreach (int count in counts) total += count;
        double backoff = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double discount = counts[i] >= least ? discounts.Of(counts[i]) : counts[i];
            backoff += discount / total;
            if (counts[i] < least) continue;
            level.Successors[successor] = keys.Digit(grams.Keys[context.Begin + i], 0);
            level.Weights[successor++] = (float)((counts[i] - discount) / total);
        }
        return (float)backoff;
    }

    private (int Contexts, int Ends, int Successors, Discounts Discounts) Count(int least, Action check)
    {
        int contexts = 0, ends = 0, successors = 0;
        TKey end = TKey.Zero;
        var countsOfCounts = new long[Discounts.CountsOfCounts];
        for (var context = new NGramContexts<TKey>(keys, length, grams, longer); context.MoveNext();)
        {
            if (contexts % ContextsBetweenChecks == 0) check();
            foreach (int count in grams.Counts[context.Begin..context.End])
            {
                if (count < countsOfCounts.Length) countsOfCounts[count]++;
                if (count >= least) successors++;
            }
            if (!IsKept(context, least)) continue;
            if (contexts++ == 0 || keys.Prefix(context.Context) != end) ends++;
            end = keys.Prefix(context.Context);
        }
        // Without any symbols, there is still the empty context.
        return (length == 0 ? 1 : contexts, ends, successors, Discounts.Estimate(countsOfCounts));
    }

    private bool IsKept(NGramContexts<TKey> context, int least) =>
        context.LongerCount > 0 || grams.Counts[context.Begin..context.End].ContainsAnyInRange(least, int.MaxValue);
}
