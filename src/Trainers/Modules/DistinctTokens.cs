namespace MlNetRnn.Modules;

/// <summary>The distinct tokens of a batch: each is looked up and projected once.</summary>
internal static class DistinctTokens
{
    /// <summary>Returns the distinct tokens in ascending order, and for each position the index of its token among them.</summary>
    public static (int[] Distinct, int[] Places) Of(int[] tokens)
    {
        int[] sorted = [.. tokens];
        Array.Sort(sorted);
        int count = 0;
        foreach (int token in sorted)
            if (count == 0 || sorted[count - 1] != token) sorted[count++] = token;
        int[] distinct = sorted[..count];
        return (distinct, Array.ConvertAll(tokens, token => Array.BinarySearch(distinct, token)));
    }
}
