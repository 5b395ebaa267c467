using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Batching;
using MlNetRnn.Sequences;

namespace MlNetRnn.Trainers.Tests.Batching;

public class FrameStatisticsTests
{
    [Fact]
    public void Excludes_missing_values_and_other_rows()
    {
        var sequences = new SequenceStore(frameSize: 2);
        sequences.Add([1f, 5]);
        sequences.Add([3f, float.NaN]);
        sequences.EndSequence();
        sequences.Add([1000f, 1000]);           // not among the rows
        sequences.EndSequence();
        sequences.Add([5f, 5]);
        sequences.EndSequence();
        FrameStatistics statistics = FrameStatistics.Of(sequences, [0, 2]);
        Assert.Equal([3f, 5], statistics.Mean);
        Assert.Equal([MathF.Sqrt(8 / 3f), 0], statistics.Deviation, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0L, 0], statistics.Outliers);
    }

    /// <summary>A sensor that drops out may give any value, for up to one value in twenty.</summary>
    [Theory]
    [InlineData(642_564f, 4)]
    [InlineData(-309_231f, 4)]
    [InlineData(-9999f, 90)]
    [InlineData(float.MaxValue, 4)]
    [InlineData(300f, 20)]
    public void Outliers_change_neither_mean_nor_deviation(float outlier, int count)
    {
        float[] clean = [.. Normal(1800, seed: 3)];
        FrameStatistics expected = Of(clean), found = Of([.. clean[..900], .. Enumerable.Repeat(outlier, count), .. clean[900..]]);
        Assert.Equal((expected.Mean[0], expected.Deviation[0]), (found.Mean[0], found.Deviation[0]));
        Assert.Equal(count, found.Outliers[0]);
    }

    /// <summary>Outliers of every magnitude, without a gap. The few that are not recognized are like the tail of a distribution.</summary>
    [Fact]
    public void Outliers_without_a_gap_do_not_distort_the_deviation()
    {
        FrameStatistics found = Of([.. Normal(1800, seed: 3), 20, 60, 200, 600, 2000, 6000, 20_000, 60_000, 200_000]);
        Assert.Equal(6, found.Outliers[0], 1.0);
        Assert.True(found.Deviation[0] < 3);
    }

    /// <summary>Without outliers, mean and deviation are those of all values.</summary>
    [Property(MaxTest = 50)]
    public Property Includes_all_ordinary_values() => Prop.ForAll(Arb.From(Gen.Choose(0, 10_000)), seed =>
    {
        float[] values = [.. Normal(500, seed).Select(value => 40 + 7 * value)];
        double mean = values.Average(value => (double)value), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        FrameStatistics found = Of(values);
        return found.Outliers[0] == 0 && Math.Abs(found.Mean[0] - mean) < 1e-3 && Math.Abs(found.Deviation[0] - deviation) < 1e-3;
    });

    /// <summary>A component that is nearly always 0 represents rare events.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Rare_events_are_not_outliers(int outliers)
    {
        FrameStatistics found = Of([.. Enumerable.Range(0, 2000).Select(i => i % 100 == 0 ? 1f : 0), .. Enumerable.Repeat(1e7f, outliers)]);
        Assert.Equal(0.01f, found.Mean[0], 1e-5);
        Assert.Equal(MathF.Sqrt(0.01f * 0.99f), found.Deviation[0], 1e-5);
        Assert.Equal(outliers, found.Outliers[0]);
    }

    /// <summary>One frame in a thousand is 31 deviations from the mean and still a measurement.</summary>
    [Fact]
    public void The_limit_clips_only_outliers()
    {
        FrameStatistics rare = Of([.. Enumerable.Range(0, 2000).Select(i => i % 1000 == 0 ? 1f : 0), 1e7f]), usual = Of([.. Normal(500, seed: 1)]);
        Assert.Equal((1 - 0.001f) / MathF.Sqrt(0.001f * 0.999f), rare.Limit[0], 1e-2);
        Assert.Equal(1, rare.Outliers[0]);
        Assert.Equal(10, usual.Limit[0]);
    }

    /// <summary>Counts and amounts become rarer without a gap.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public void Heavy_tails_are_not_outliers(double sigma)
    {
        float[] amounts = [.. Normal(5000, seed: 5).Select(value => MathF.Exp((float)sigma * value))];
        float[] counts = Array.ConvertAll(amounts, amount => MathF.Floor(amount / 2));
        Assert.Equal(0, Of(amounts).Outliers[0]);
        Assert.Equal(0, Of(counts).Outliers[0]);
        FrameStatistics noisy = Of([.. Normal(9200, seed: 6).Select(value => MathF.Abs(value) / 20), .. Enumerable.Range(1, 800).Select(i => i / 16f)]);
        Assert.Equal(0, noisy.Outliers[0]);
    }

    /// <summary>The logarithm of silence is minus infinity.</summary>
    [Theory]
    [InlineData(float.NegativeInfinity, 5)]
    [InlineData(float.NegativeInfinity, 700)]
    [InlineData(float.PositiveInfinity, 700)]
    public void Infinity_is_a_missing_value(float infinity, int count)
    {
        float[] clean = [.. Normal(1800, seed: 3)];
        FrameStatistics expected = Of(clean), found = Of([.. clean[..900], .. Enumerable.Repeat(infinity, count), .. clean[900..]]);
        Assert.Equal((expected.Mean[0], expected.Deviation[0], expected.Limit[0], 0), (found.Mean[0], found.Deviation[0], found.Limit[0], found.Outliers[0]));
    }

    /// <summary>The first frame of each row is 0, as in a column of differences. A sample of every n-th frame would contain only zeros.</summary>
    [Fact]
    public void A_period_in_the_data_does_not_distort_the_median()
    {
        var sequences = new SequenceStore(frameSize: 1);
        float[] row = [0, .. Enumerable.Range(1, 9).Select(i => 5 + i / 10f)];
        for (int i = 0; i < 100_000; i++)
        {
            foreach (float value in row) sequences.Add([value]);
            sequences.EndSequence();
        }
        int[] rows = [.. Enumerable.Range(0, 100_000)];
        Assert.InRange(OutlierFence.Of(sequences, rows)[0].Median, 5.4f, 5.6f);
        Assert.Equal(row.Average(), FrameStatistics.Of(sequences, rows).Mean[0], 1e-3);
    }

    [Fact]
    public void A_single_event_is_not_an_outlier() => Assert.True(Of([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]).Deviation[0] > 0);

    [Fact]
    public void Constant_and_empty_components_have_deviation_0()
    {
        Assert.Equal([0f], Of([7, 7, 7]).Deviation);
        Assert.Equal([0f], Of([float.NaN, float.NaN]).Deviation);
    }

    private static FrameStatistics Of(float[] values)
    {
        var sequences = new SequenceStore(frameSize: 1);
        foreach (float value in values) sequences.Add([value]);
        sequences.EndSequence();
        return FrameStatistics.Of(sequences, [0]);
    }

    /// <summary>Returns normally distributed numbers (Box and Muller, 1958).</summary>
    private static IEnumerable<float> Normal(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++) yield return (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }
}
