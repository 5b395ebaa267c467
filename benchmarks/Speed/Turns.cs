using System.Diagnostics;
using System.Globalization;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures several ways in alternating rounds and prints the rate of each way and its ratio to the first way in the same round.</summary>
internal static class Turns
{
    /// <summary>The folder for a picture of every table; <see langword="null"/> for no pictures.</summary>
    public static DirectoryInfo? Pictures { get; set; }

    /// <summary>Measures the ways and prints a table.</summary>
    /// <param name="title">The title of the table.</param>
    /// <param name="unit">The unit of the work.</param>
    /// <param name="rounds">The number of measured rounds, after one round for warm-up.</param>
    /// <param name="ways">Each way does its work and returns the number of units. The first way is the baseline.</param>
    /// <returns>The rates of each way in each round.</returns>
    public static double[][] Run(string title, string unit, int rounds, params (string Name, Func<double> Work)[] ways)
    {
        var rates = new double[ways.Length][];
        for (int way = 0; way < ways.Length; way++) rates[way] = new double[rounds];
        for (int round = -1; round < rounds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                var watch = Stopwatch.StartNew();
                double done = ways[way].Work();
                if (round >= 0) rates[way][round] = done / watch.Elapsed.TotalSeconds;
            }
        }
        Console.WriteLine($"\n{title}\n\n| way | {unit}/s, median | ratio: median (least … greatest of {rounds}) |\n|---|---|---|");
        for (int way = 0; way < ways.Length; way++)
        {
            double[] ratios = [.. rates[way].Zip(rates[0], (own, first) => own / first).Order()];
            string ratio = string.Create(CultureInfo.InvariantCulture, $"{Median(ratios):F2} ({ratios[0]:F2} … {ratios[^1]:F2})");
            Console.WriteLine($"| {ways[way].Name} | {Rate(Median(rates[way]))} | {ratio} |");
        }
        if (Pictures is not null) RatePicture.Save(Pictures, title, unit, [.. ways.Select((way, i) => (way.Name, rates[i]))]);
        return rates;
    }

    /// <summary>Returns the median duration of each way, in milliseconds. The ways take turns, after one round for warm-up.</summary>
    public static double[] Durations(Action[] ways, int rounds)
    {
        var times = new double[ways.Length][];
        for (int i = 0; i < times.Length; i++) times[i] = new double[rounds];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < ways.Length; i++)
            {
                long begin = Stopwatch.GetTimestamp();
                ways[i]();
                if (round >= 0) times[i][round] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }
        }
        return Array.ConvertAll(times, Median);
    }

    /// <summary>Prints the ratio of two ways.</summary>
    /// <param name="what">What the ratio is.</param>
    /// <param name="rates">The rates of a way in each round.</param>
    /// <param name="others">The rates of the way to compare with, in the same rounds.</param>
    public static void Compare(string what, double[] rates, double[] others)
    {
        double[] ratios = [.. rates.Zip(others, (rate, other) => rate / other).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"- {what}: {Median(ratios):F2} ({ratios[0]:F2} … {ratios[^1]:F2})"));
    }

    private static string Rate(double rate) => rate.ToString(rate < 100 ? "F2" : "N0", CultureInfo.InvariantCulture);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
