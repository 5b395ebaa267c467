using System.Diagnostics;
using System.Globalization;

namespace MlNetRnn.Benchmarks;

/// <summary>Times several ways in turns and prints each one's rate and its ratio to the first, round by round.</summary>
internal static class Turns
{
    /// <summary>Where every table is drawn, too; null for nowhere.</summary>
    public static DirectoryInfo? Pictures { get; set; }

    /// <param name="title">What is done.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="rounds">How often each way is timed, after one round that is not.</param>
    /// <param name="ways">Each does its work and returns how many units it did; the first is the yardstick.</param>
    public static void Run(string title, string unit, int rounds, params (string Name, Func<double> Work)[] ways)
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
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {ways[way].Name} | {Rate(Median(rates[way]))} | {Median(ratios):F2} ({ratios[0]:F2} … {ratios[^1]:F2}) |"));
        }
        if (Pictures is not null) RatePicture.Save(Pictures, title, unit, [.. ways.Select((way, i) => (way.Name, rates[i]))]);
    }

    private static string Rate(double rate) => rate.ToString(rate < 100 ? "F2" : "N0", CultureInfo.InvariantCulture);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
