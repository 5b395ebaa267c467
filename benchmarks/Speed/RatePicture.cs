using System.Globalization;
using ScottPlot;

namespace MlNetRnn.Benchmarks;

/// <summary>The rates of several ways as bars, with least and greatest of the rounds.</summary>
internal static class RatePicture
{
    private const int Width = 1000, Margin = 420, Bar = 44;

    public static void Save(DirectoryInfo folder, string title, string unit, IReadOnlyList<(string Way, double[] Rates)> ways)
    {
        folder.Create();
        var plot = new Plot();
        IPalette palette = new ScottPlot.Palettes.ColorblindFriendly();
        for (int i = 0; i < ways.Count; i++)
        {
            double[] rates = [.. ways[i].Rates.Order()];
            double median = rates[rates.Length / 2], place = ways.Count - i;
            var bars = plot.Add.Bar(new Bar { Position = place, Value = median, FillColor = palette.GetColor(i == 0 ? 0 : 1), LineWidth = 0 });
            bars.Horizontal = true;
            var spread = plot.Add.Line(rates[0], place, rates[^1], place);
            (spread.LineColor, spread.LineWidth) = (Colors.Black, 1.5f);
        }
        plot.Axes.Left.SetTicks([.. ways.Select((_, i) => (double)(ways.Count - i))], [.. ways.Select(way => way.Way)]);
        plot.Axes.Margins(left: 0);
        plot.Layout.Fixed(new PixelPadding(Margin, 30, 50, 50));
        plot.Title(title, size: 14);
        plot.XLabel($"{unit}/s; median, least and greatest of {ways[0].Rates.Length}");
        plot.SavePng(Path.Combine(folder.FullName, $"speed-{Name(title)}.png"), Width, 110 + Bar * ways.Count);
    }

    /// <summary>The first words of the title, for a file.</summary>
    private static string Name(string title) =>
        string.Join('-', title.Split(':')[0].ToLower(CultureInfo.InvariantCulture).Split([' ', ',', '+', '(', ')', ';'], StringSplitOptions.RemoveEmptyEntries).Take(7));
}
