using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;

namespace MlNetRnn.Transforms.Tests.Columns;

public class KeyValuesTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Text() => RoundTrips("b", "a", "ünï\"\n");

    [Fact]
    public void Booleans() => RoundTrips(true, false);

    [Fact]
    public void Integers()
    {
        RoundTrips(-5, 7, int.MaxValue);
        RoundTrips(1L, long.MinValue);
        RoundTrips((sbyte)-1, (sbyte)3);
        RoundTrips((byte)1, (byte)255);
        RoundTrips((short)-1, (short)3);
        RoundTrips((ushort)1, ushort.MaxValue);
        RoundTrips(1u, uint.MaxValue);
        RoundTrips(1ul, ulong.MaxValue);
    }

    [Fact]
    public void Floats()
    {
        RoundTrips(0.1f, -3.5e-30f, float.PositiveInfinity);
        RoundTrips(0.1, 1e300);
    }

    [Fact]
    public void Times()
    {
        RoundTrips(new DateTime(2026, 11, 23, 1, 2, 3), new DateTime(1999, 1, 1));
        RoundTrips(TimeSpan.FromTicks(123456789), TimeSpan.Zero);
        RoundTrips(new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.FromHours(2)));
    }

    /// <summary>
    /// A time is loaded as the clock showed it where the model was trained, regardless of the time zone of the loading machine; also from files of format 1,
    /// which contain an offset.
    /// </summary>
    [Theory]
    [InlineData("2026-11-23T01:02:03")]
    [InlineData("2026-11-23T01:02:03+05:00")]
    [InlineData("2026-11-23T01:02:03-11:30")]
    [InlineData("2026-11-23T01:02:03Z")]
    public void Times_do_not_depend_on_the_time_zone(string stored)
    {
        KeyValues values = KeyValues.FromJson(System.Text.Encoding.UTF8.GetBytes($$"""{"Type":"{{DateTimeDataViewType.Instance}}","Values":["{{stored}}"]}"""));
        Assert.Equal(["11/23/2026 01:02:03"], values.Names);
    }

    [Fact]
    public void Times_of_every_kind_survive_a_round_trip()
    {
        foreach (DateTimeKind kind in Enum.GetValues<DateTimeKind>())
        {
            DateTime time = new DateTime(2026, 7, 1, 12, 30, 15, 123, kind).AddTicks(4567);
            RoundTrips(time, new DateTime(1, 1, 1, 0, 0, 0, kind), DateTime.SpecifyKind(DateTime.MaxValue, kind));
        }
    }

    [Fact]
    public void A_key_without_values_has_none()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(new[] { new Bare { Label = 1 } });
        Assert.Null(KeyValues.Of(data.Schema["Label"]));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Type\":\"Nonsense\",\"Values\":[]}")]
    [InlineData("{\"Type\":\"Int32\",\"Values\":[\"x\"]}")]
    [InlineData("{\"Type\":\"Int32\",\"Values\":null}")]
    public void Damaged_json_is_rejected(string json) => Assert.Throws<FormatException>(() => KeyValues.FromJson(System.Text.Encoding.UTF8.GetBytes(json)));

    private void RoundTrips<T>(params T[] values)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(values.Select(value => new Labelled<T> { Label = value }).ToArray());
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        KeyValues before = KeyValues.Of(keyed.Schema["Label"])!, after = KeyValues.FromJson(before.ToJson());
        Assert.Equal(values.Length, after.Count);
        Assert.Equal(before.ItemType, after.ItemType);
        Assert.Equal(before.Names, after.Names);

        var builder = new DataViewSchema.Annotations.Builder();
        after.AddTo(builder, AnnotationKinds.KeyValues);
        DataViewSchema.Annotations annotations = builder.ToAnnotations();
        if (typeof(T) == typeof(string))
        {
            VBuffer<ReadOnlyMemory<char>> found = default;
            annotations.GetValue(AnnotationKinds.KeyValues, ref found);
            Assert.Equal(values.Cast<string>(), found.DenseValues().Select(value => value.ToString()));
        }
        else
        {
            VBuffer<T> found = default;
            annotations.GetValue(AnnotationKinds.KeyValues, ref found);
            Assert.Equal(values, found.DenseValues());
        }
    }

    private sealed class Labelled<T>
    {
        public T Label { get; set; } = default!;
    }

    private sealed class Bare
    {
        [KeyType(3)]
        public uint Label { get; set; }
    }
}
