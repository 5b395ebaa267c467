using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn.Experiments.Tests;

/// <summary>Search spaces: attributes, ranges and choices of the user, values and positions.</summary>
public class OptionSpaceTests
{
    [Fact]
    public void Attributed_options_are_searched_from_the_defaults_in_ordinal_order()
    {
        var space = new OptionSpace<Outer>();
        Assert.Equal(["Inner.Rate", "Size", "Way", "Yes"], space.Dimensions.Select(dimension => dimension.Name));
        var start = (Outer)space.Create(space.Start);
        Assert.Equal((7, 0.1f, "b", true), (start.Size, start.Inner.Rate, start.Way, start.Yes));
    }

    [Fact]
    public void The_given_object_is_the_start_and_does_not_change()
    {
        var given = new Outer { Size = 3, Other = 5, Inner = new Inner { Rate = 0.5f, Additional = 9 } };
        var space = new OptionSpace<Outer>(given);
        var start = (Outer)space.Create(space.Start);
        Assert.Equal((3, 5, 0.5f, 9), (start.Size, start.Other, start.Inner.Rate, start.Inner.Additional));
        var other = (Outer)space.Create([0, 0, 0, 0]);
        Assert.Equal((1, 5, 0.001f, 9), (other.Size, other.Other, other.Inner.Rate, other.Inner.Additional));
        Assert.Equal((3, 0.5f), (given.Size, given.Inner.Rate));
    }

    [Fact]
    public void A_user_can_search_other_options_other_values_or_fewer()
    {
        OptionSpace<Outer> space = new OptionSpace<Outer>().Fix(o => o.Inner).Fix(o => o.Yes).Range(o => o.Other, 1, 9).Choice(o => o.Way, "x", "y");
        Assert.Equal(["Other: 1 to 9", "Size: 1 to 9", "Way: x, y"], space.Dimensions.Select(dimension => dimension.ToString()));
        // The start has another value: it gets the first.
        Assert.Equal("x", ((Outer)space.CreateStart()).Way);
        Assert.Equal(5, ((Outer)new OptionSpace<Outer>().Range(o => o.Size, 2, 5).CreateStart()).Size);
    }

    [Fact]
    public void A_start_outside_the_attributes_extends_the_space()
    {
        var space = new OptionSpace<Outer>(new Outer { Size = 50, Way = "z", Inner = new Inner { Rate = 4 } });
        Assert.Equal(["Inner.Rate: 0.001 to 4, logarithmic", "Size: 1 to 50", "Way: z, a, b, c", "Yes: False, True"],
            space.Dimensions.Select(dimension => dimension.ToString()));
        Assert.All(new[] { (Outer)space.CreateStart(), space.At(space.Start) }, start => Assert.Equal((50, "z", 4), (start.Size, start.Way, start.Inner.Rate)));
    }

    [Fact]
    public void A_narrow_range_keeps_its_digits()
    {
        SearchDimension narrow = SearchDimension.Range("x", typeof(double), 0.99, 0.9999, false),
            high = SearchDimension.Range("x", typeof(double), 1000, 1010, false);
        Assert.InRange(Enumerable.Range(0, 1000).Select(i => narrow.ValueAt(i / 1000.0)).Distinct().Count(), 500, 1000);
        Assert.InRange(Enumerable.Range(0, 1000).Select(i => high.ValueAt(i / 1000.0)).Distinct().Count(), 500, 1000);
    }

    [Fact]
    public void Options_survive_JSON()
    {
        var space = new OptionSpace<Outer>(new Outer { Other = 4 });
        string json = space.ToJson(new Outer { Size = 5, Way = "c", Yes = false, Inner = new Inner { Rate = 0.25f } });
        Assert.Equal("""{"Inner":{"Rate":0.25},"Size":5,"Way":"c","Yes":false}""", json);
        Outer back = space.FromJson(json);
        Assert.Equal((5, 4, "c", false, 0.25f), (back.Size, back.Other, back.Way, back.Yes, back.Inner.Rate));
        Assert.Equal((7, 4), (space.FromJson("{}").Size, space.FromJson("{}").Other));
    }

    [Theory]
    [InlineData("""{"Siez":5}""", "Siez")]
    [InlineData("""{"Size":"many"}""", "\"many\"")]
    [InlineData("""{"Size":5.5}""", "5.5")]
    [InlineData("""{"Way":"z"}""", "expected one of a, b, c, got z")]
    [InlineData("""{"Size":null}""", "null")]
    [InlineData("[]", "[]")]
    public void JSON_that_does_not_match_is_rejected_with_the_valid_values(string json, string told) =>
        Assert.Contains(told, Assert.Throws<ArgumentException>(() => new OptionSpace<Outer>().FromJson(json)).Message);

    [Fact]
    public void Text_that_is_not_JSON_is_rejected() => Assert.ThrowsAny<JsonException>(() => new OptionSpace<Outer>().FromJson("{"));

    [Fact]
    public void Expressions_that_are_not_properties_are_rejected()
    {
        var space = new OptionSpace<Outer>();
        Assert.Contains("a property", Assert.Throws<ArgumentException>(() => space.Range(o => o.Size + 1, 1, 3)).Message);
        Assert.Contains("below the maximum", Assert.Throws<ArgumentException>(() => space.Range(o => o.Size, 3, 3)).Message);
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => space.Range(o => o.Size, 0, 3, logarithmic: true)).Message);
        Assert.Contains("got none", Assert.Throws<ArgumentException>(() => space.Choice(o => o.Way)).Message);
        Assert.Contains("different values", Assert.Throws<ArgumentException>(() => space.Choice(o => o.Way, "a", "a")).Message);
        Assert.Contains("Closed", Assert.Throws<ArgumentException>(() => space.Choice(o => o.Closed, 1, 2)).Message);
    }

    [Fact]
    public void An_attribute_on_a_field_is_rejected() =>
        Assert.Contains("got a field", Assert.Throws<ArgumentException>(() => new OptionSpace<WithField>()).Message);

    [Property]
    public bool Whole_numbers_have_equal_shares_and_keep_their_place(int a, int b, NormalFloat at)
    {
        (int minimum, int maximum) = (Math.Min(a % 1000, b % 1000), Math.Max(a % 1000, b % 1000) + 1);
        SearchDimension dimension = SearchDimension.Range("x", typeof(int), minimum, maximum, isLogarithmic: false);
        double position = Math.Abs(at.Get) % 1;
        int value = (int)dimension.ValueAt(position);
        return value >= minimum && value <= maximum
            && Enumerable.Range(minimum, Math.Min(50, maximum - minimum + 1)).All(v => (int)dimension.ValueAt(dimension.PositionOf(v)) == v)
            && value == minimum + (int)Math.Floor(position * (maximum - minimum + 1) + 1e-9);
    }

    [Property]
    public bool Numbers_stay_in_their_range_and_read_well(PositiveInt a, PositiveInt b, bool logarithmic, NormalFloat at)
    {
        (double minimum, double maximum) = (a.Get / 1000.0, (a.Get + b.Get) / 1000.0);
        SearchDimension dimension = SearchDimension.Range("x", typeof(double), minimum, maximum, logarithmic);
        double position = Math.Abs(at.Get) % 1, value = (double)dimension.ValueAt(position);
        bool isShort = value == minimum || value == maximum || logarithmic && value.ToString("G3", CultureInfo.InvariantCulture) is var three
            && double.Parse(three, CultureInfo.InvariantCulture) == value || !logarithmic
            && Math.Abs(value * 1e4 / Math.Pow(10, Math.Floor(Math.Log10(maximum - minimum))) % 1) is < 1e-3 or > 1 - 1e-3;
        return value >= minimum && value <= maximum && isShort && dimension.PositionOf(value) is >= 0 and <= 1 && (double)dimension.ValueAt(0) == minimum
            && (double)dimension.ValueAt(1) == maximum;
    }

    [Fact]
    public void Only_choices_of_ascending_numbers_are_ordinal()
    {
        Assert.True(SearchDimension.Choice("x", [16, 32, 64]).IsOrdinal);
        Assert.False(SearchDimension.Choice("x", [64, 32]).IsOrdinal);
        Assert.False(SearchDimension.Choice("x", ["1", "2"]).IsOrdinal);
        Assert.False(SearchDimension.Choice("x", [false, true]).IsOrdinal);
        Assert.False(SearchDimension.Choice("x", [RnnCell.Lstm, RnnCell.Gru]).IsOrdinal);
        Assert.True(SearchDimension.Range("x", typeof(float), 0, 1, false).IsOrdinal);
    }

    private sealed class Outer
    {
        [Sweep.Range(1, 9, 7)]
        public int Size { get; set; } = 7;

        [Sweep.Choice(new object[] { "a", "b", "c" }, "b")]
        public string Way { get; set; } = "b";

        [Sweep.BooleanChoice(true)]
        public bool Yes { get; set; } = true;

        [Sweep.NestOption]
        public Inner Inner { get; set; } = new();

        public int Other { get; set; } = 2;

        public int Closed { get; } = 1;
    }

    private sealed record Inner
    {
        [Sweep.Range(0.001f, 1f, 0.1f, true)]
        public float Rate { get; init; } = 0.1f;

        public int Additional { get; init; } = 1;
    }

    private sealed class WithField
    {
        [Sweep.Range(1, 9, 7)]
        public int Size = 7;
    }
}
