using System.Runtime.InteropServices;
using MlNetRnn.Sequences;

namespace MlNetRnn.Modules;

/// <summary>
/// The n-grams of a wide path, numbered. An n-gram of one token has the number of the token; those of two tokens follow, then those of three, and so on.
/// </summary>
internal sealed class NGramSet
{
    /// <summary>The factor of the number of an n-gram in the key of the n-grams that begin with it: greater than any token number.</summary>
    public const long KeyBase = 1 << 25;

    /// <param name="tokens">The number of token numbers, V.</param>
    /// <param name="tables">The n-grams of two tokens, of three, and so on.</param>
    public NGramSet(int tokens, IReadOnlyList<NGramTable> tables)
    {
        (Tokens, Tables, Count) = (tokens, tables, tokens);
        var first = new int[tables.Count];
        for (int i = 0; i < first.Length; i++)
        {
            first[i] = Count;
            Count += tables[i].Keys.Length;
        }
        First = first;
    }

    /// <summary>The number of token numbers, V.</summary>
    public int Tokens { get; }

    /// <summary>
    /// The n-grams of two tokens, of three, and so on. A key is P · <see cref="KeyBase"/> + t for the number P of all
    /// tokens but the last, and the last token t.
    /// </summary>
    public IReadOnlyList<NGramTable> Tables { get; }

    /// <summary>The number of the first n-gram of each table.</summary>
    public IReadOnlyList<int> First { get; }

    /// <summary>The number of numbers, G. Some are not in use.</summary>
    public int Count { get; }

    /// <summary>The number of n-grams of more than one token.</summary>
    public int Longer => Tables.Sum(table => table.Keys.Count(key => key >= 0));

    /// <summary>Collects the n-grams of sequences.</summary>
    /// <param name="sequences">Sequences of tokens.</param>
    /// <param name="rows">The sequences to read.</param>
    /// <param name="tokens">The number of token numbers, V.</param>
    /// <param name="limits">Which n-grams are kept.</param>
    /// <param name="known">The n-grams of the model that training continues from, which are kept in any case; null for none.</param>
    public static NGramSet Learn(SequenceStore sequences, int[] rows, int tokens, NGramLimits limits, NGramSet? known)
    {
        var set = new NGramSet(tokens, []);
        for (int length = 2; length <= limits.Length; length++)
        {
            Dictionary<long, int> counts = set.CountNext(sequences, rows, length);
            int[][] kept = known is not null && length - 2 < known.Tables.Count ? [.. known.Of(length - 2)] : [];
            HashSet<long> keys = [.. kept.Select(set.KeyOf)];
            keys.UnionWith(counts.Where(pair => pair.Value >= limits.MinimumCount && !keys.Contains(pair.Key))
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(limits.MaximumCount).Select(pair => pair.Key));
            set = new NGramSet(tokens, [.. set.Tables, NGramTable.Of([.. keys.Order()])]);
        }
        return set;
    }

    /// <summary>Returns the number of an n-gram with one more token; 0 if the set does not contain it.</summary>
    /// <param name="number">The number of the n-gram.</param>
    /// <param name="token">The additional token.</param>
    /// <param name="table">Index of the table of the longer n-gram.</param>
    public int Next(int number, int token, int table)
    {
        int place = Tables[table].PlaceOf(number * KeyBase + token);
        return place < 0 ? 0 : First[table] + place;
    }

    /// <summary>Returns the number here of each n-gram of another set, [G]; 0 where this set does not contain it.</summary>
    public int[] NumbersOf(NGramSet other)
    {
        var numbers = new int[other.Count];
        for (int token = 0; token < Math.Min(Tokens, other.Tokens); token++) numbers[token] = token;
        for (int table = 0; table < Math.Min(Tables.Count, other.Tables.Count); table++)
            foreach (int[] ngram in other.Of(table)) numbers[other.NumberOf(ngram)] = NumberOf(ngram);
        return numbers;
    }

    /// <summary>Returns the n-grams of a table as tokens.</summary>
    private IEnumerable<int[]> Of(int table) => Tables[table].Keys.Where(key => key >= 0).Select(key => TokensOf(key, table));

    private int[] TokensOf(long key, int table)
    {
        (int number, int last) = ((int)(key / KeyBase), (int)(key % KeyBase));
        return table == 0 ? [number, last] : [.. TokensOf(Tables[table - 1].Keys[number - First[table - 1]], table - 1), last];
    }

    private int NumberOf(ReadOnlySpan<int> ngram)
    {
        int number = ngram[0];
        for (int i = 1; i < ngram.Length && number != 0; i++) number = Next(number, ngram[i], i - 1);
        return number;
    }

    private long KeyOf(int[] ngram) => NumberOf(ngram.AsSpan(0, ngram.Length - 1)) * KeyBase + ngram[^1];

    /// <summary>Counts the n-grams whose tokens but the last are in this set. Unknown tokens are in no n-gram.</summary>
    private Dictionary<long, int> CountNext(SequenceStore sequences, int[] rows, int length)
    {
        var counts = new Dictionary<long, int>();
        foreach (int row in rows)
        {
            ReadOnlySpan<int> tokens = sequences[row];
            for (int start = 0; start + length <= tokens.Length; start++)
            {
                int number = NumberOf(tokens.Slice(start, length - 1)), last = tokens[start + length - 1];
                if (number >= SpecialTokens.Count && last >= SpecialTokens.Count)
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, number * KeyBase + last, out _)++;
            }
        }
        return counts;
    }
}

/// <summary>Which n-grams of the training data are kept.</summary>
/// <param name="Length">The maximum number of tokens.</param>
/// <param name="MinimumCount">The minimum number of occurrences of an n-gram of more than one token.</param>
/// <param name="MaximumCount">The maximum number of n-grams of each length above 1.</param>
internal sealed record NGramLimits(int Length, int MinimumCount, int MaximumCount);
