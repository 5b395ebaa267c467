using System.Globalization;
using ScottPlot;

namespace MlNetRnn.Benchmarks;

/// <summary>The rates of several ways as dots on a logarithmic scale (ways may be a hundred times apart), with least and greatest of the rounds.</summary>
internal static class RatePicture
{
    private const int Width = 1100, Margin = 560, Line = 40;

    public static void Save(DirectoryInfo folder, string title, string unit, IReadOnlyList<(string Way, double[] Rates)> ways)
    {
        folder.Create();
        var plot = new Plot();
        IPalette palette = new ScottPlot.Palettes.ColorblindFriendly();
        for (int i = 0; i < ways.Count; i++)
        {
            double[] places = [.. ways[i].Rates.Order().Select(Math.Log10)];
            double median = places[places.Length / 2], height = ways.Count - i;
            Color color = palette.GetColor(i == 0 ? 0 : 1);
            var spread = plot.Add.Line(places[0], height, places[^1], height);
            (spread.LineColor, spread.LineWidth) = (color, 2);
            plot.Add.Marker(median, height, MarkerShape.FilledCircle, 10, color);
            var label = plot.Add.Text(Number(Math.Pow(10, median)), median, height + 0.12);
            (label.LabelAlignment, label.LabelFontSize) = (Alignment.LowerCenter, 12);
        }
        plot.Axes.Left.SetTicks([.. ways.Select((_, i) => (double)(ways.Count - i))], [.. ways.Select(way => way.Way)]);
        double least = ways.Min(way => way.Rates.Min()), greatest = ways.Max(way => way.Rates.Max());
        double[] ticks = [.. Enumerable.Range((int)Math.Floor(Math.Log10(least)) - 1, 12).SelectMany(power => new[] { 1, 2, 5 }.Select(step => step * Math.Pow(10, power))).Where(tick => tick >= least / 2.5 && tick <= greatest * 2.5)];
        plot.Axes.Bottom.SetTicks([.. ticks.Select(Math.Log10)], [.. ticks.Select(Number)]);
        plot.Axes.SetLimits(Math.Log10(ticks[0]), Math.Log10(ticks[^1]), 0.4, ways.Count + 0.7);
        plot.Layout.Fixed(new PixelPadding(Margin, 30, 50, 50));
        plot.Title(title, size: 14);
        plot.XLabel($"{unit}/s; median, least and greatest of {ways[0].Rates.Length}", size: 13);
        plot.SavePng(Path.Combine(folder.FullName, $"speed-{Name(title)}.png"), Width, 110 + Line * ways.Count);
    }

    private static string Number(double number) => number.ToString(number < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    /// <summary>The first words of the title, for a file.</summary>
    private static string Name(string title) =>
        string.Join('-', title.Split(':')[0].ToLower(CultureInfo.InvariantCulture).Split([' ', ',', '+', '(', ')', ';'], StringSplitOptions.RemoveEmptyEntries).Take(7));
}
