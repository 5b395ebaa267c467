namespace MlNetRnn.Modules;

/// <summary>
/// A set of n-grams in which operators of a graph can look one up: two divisions, a displacement and a comparison of keys (hash and displace;
/// Belazzougui et al., 2009).
/// </summary>
/// <param name="keys">The key at each place, [M]; −1 where there is none.</param>
/// <param name="displacements">The displacement of each bucket, [D].</param>
internal sealed class NGramTable(long[] keys, long[] displacements)
{
    // Buckets of two keys on average and four fifths of the places in use: a place is found after few tries.
    private const double KeysPerBucket = 2, Load = 0.8;

    /// <summary>The key at each place, [M]; −1 where there is none.</summary>
    public long[] Keys => keys;

    /// <summary>The displacement of each bucket, [D].</summary>
    public long[] Displacements => displacements;

    /// <summary>Returns the place of a key; −1 if the set does not contain it.</summary>
    public int PlaceOf(long key)
    {
        long place = (key / displacements.Length + displacements[key % displacements.Length]) % keys.Length;
        return keys[place] == key ? (int)place : -1;
    }

    public static NGramTable Of(IReadOnlyCollection<long> keys)
    {
        int places = NextPrime((int)(keys.Count / Load) + 1);
        for (int buckets = NextPrime((int)(keys.Count / KeysPerBucket) + 1); ; buckets = NextPrime(buckets + 1))
            if (Build(keys, buckets, places) is { } table) return table;
    }

    /// <summary>Returns a table; null if two keys of a bucket have the same place whatever the displacement is.</summary>
    private static NGramTable? Build(IReadOnlyCollection<long> keys, int buckets, int places)
    {
        var table = new long[places];
        Array.Fill(table, -1);
        var displacements = new long[buckets];
        foreach (IGrouping<long, long> bucket in keys.GroupBy(key => key % buckets).OrderByDescending(bucket => bucket.Count()).ThenBy(bucket => bucket.Key))
        {
            long[] own = [.. bucket];
            long[] quotients = Array.ConvertAll(own, key => key / buckets % places);
            if (quotients.Distinct().Count() < own.Length) return null;
            // Where the search starts is arbitrary, but spread over the table.
            long displacement = bucket.Key * 2_654_435_761 % places;
            int tries = 0;
            while (quotients.Any(quotient => table[(quotient + displacement) % places] >= 0))
            {
                if (++tries == places) return null;
                displacement = (displacement + 1) % places;
            }
            displacements[bucket.Key] = displacement;
            for (int i = 0; i < own.Length; i++) table[(quotients[i] + displacement) % places] = own[i];
        }
        return new NGramTable(table, displacements);
    }

    private static int NextPrime(int from)
    {
        int candidate = Math.Max(3, from | 1);
        while (!IsPrime(candidate)) candidate += 2;
        return candidate;
    }

    private static bool IsPrime(int odd)
    {
        for (int divisor = 3; (long)divisor * divisor <= odd; divisor += 2)
            if (odd % divisor == 0) return false;
        return true;
    }
}
