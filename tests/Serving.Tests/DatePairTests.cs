namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The data of the built-in translation model.</summary>
public sealed class DatePairTests
{
    [Fact]
    public void The_pairs_are_the_same_each_time_and_each_language_has_its_format()
    {
        DatePair[] pairs = [.. DatePair.Random(2000)];
        Assert.Equal(pairs.Select(pair => pair.Source), DatePair.Random(2000).Select(pair => pair.Source));
        var formats = new Dictionary<string, string>
        {
            ["English"] = "^[A-Z][a-z]+ [0-9]{1,2}, [0-9]{4}$",
            ["French"] = "^[0-9]{1,2} [a-zéû]+ [0-9]{4}$",
            ["German"] = "^[0-9]{1,2}[.] [A-Z][a-zä]+ [0-9]{4}$",
            ["ISO"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        };
        Assert.All(pairs, pair => Assert.Matches(formats[pair.Language], pair.Target));
        DatePair sample = pairs.First(pair => pair.Language == "ISO" && pair.Source.Contains("août", StringComparison.Ordinal));
        Assert.Equal("08", sample.Target[5..7]);
        Assert.Equal(sample.Source[^4..], sample.Target[..4]);
    }
}
