using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Modules;

namespace MlNetRnn.Trainers.Tests.Modules;

public class NGramTableTests
{
    [Property]
    public void Every_key_has_a_place_of_its_own_and_no_other_number_has_one(NonNegativeInt[] numbers, PositiveInt scale)
    {
        long[] keys = [.. numbers.Select(number => number.Get * (long)scale.Get * 33_554_432 + number.Get % 7).Distinct()];
        NGramTable table = NGramTable.Of(keys);
        int[] places = Array.ConvertAll(keys, table.PlaceOf);
        Assert.Equal(keys, places.Select(place => table.Keys[place]));
        Assert.Equal(keys.Length, table.Keys.Count(key => key >= 0));
        Assert.All(keys.SelectMany(key => new[] { key + 1, key + 33_554_432 }).Except(keys), other => Assert.Equal(-1, table.PlaceOf(other)));
    }

    [Fact]
    public void A_large_table_has_few_places_without_a_key()
    {
        // Pairs of frequent words: consecutive numbers, the hardest input of a division.
        long[] keys = [.. Enumerable.Range(2, 400).SelectMany(a => Enumerable.Range(2, 250).Select(b => a * NGramSet.KeyBase + b))];
        NGramTable table = NGramTable.Of(keys);
        Assert.InRange(table.Keys.Length, keys.Length, 1.3 * keys.Length);
        Assert.All(keys, key => Assert.Equal(key, table.Keys[table.PlaceOf(key)]));
    }

    [Fact]
    public void An_empty_table_contains_nothing() => Assert.All(new long[] { 0, 1, 1L << 50 }, key => Assert.Equal(-1, NGramTable.Of([]).PlaceOf(key)));
}
