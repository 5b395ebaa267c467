using System.Globalization;
using MlNetRnn.Samples;
using ScottPlot;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// The rates of several ways as dots on a logarithmic scale (ways may be a hundred times apart), with the least and the greatest rate of the rounds.
/// </summary>
internal static class RatePicture
{
    private const int Width = 1100, Margin = 540, Top = 60, Line = 40, LongestTitle = 70;

    /// <summary>Draws measured rates.</summary>
    /// <param name="folder">The folder for the picture.</param>
    /// <param name="title">The title, whose first words are the name of the file.</param>
    /// <param name="unit">The unit of the rates, per second.</param>
    /// <param name="ways">The ways and their rates in each round; the first way is the baseline.</param>
    public static void Save(DirectoryInfo folder, string title, string unit, IReadOnlyList<(string Way, double[] Rates)> ways)
    {
        folder.Create();
        var plot = new Plot();
        for (int i = 0; i < ways.Count; i++)
        {
            double[] places = [.. ways[i].Rates.Order().Select(Math.Log10)];
            double median = places[places.Length / 2], height = ways.Count - i;
            Color color = i == 0 ? PictureStyle.Soft : PictureStyle.ColorOf(0);
            var spread = plot.Add.Line(places[0], height, places[^1], height);
            (spread.LineColor, spread.LineWidth) = (color, 2);
            plot.Add.Marker(median, height, i == 0 ? MarkerShape.FilledSquare : MarkerShape.FilledCircle, 10, color);
            var label = plot.Add.Text(Number(Math.Pow(10, median)), median, height + 0.12);
            (label.LabelAlignment, label.LabelFontSize) = (Alignment.LowerCenter, 12);
            (label.LabelFontName, label.LabelFontColor) = (PictureStyle.Font, PictureStyle.Text);
        }
        plot.Axes.Left.SetTicks([.. ways.Select((_, i) => (double)(ways.Count - i))], [.. ways.Select(way => way.Way)]);
        double least = ways.Min(way => way.Rates.Min()), greatest = ways.Max(way => way.Rates.Max());
        double[] ticks =
        [
            .. from power in Enumerable.Range((int)Math.Floor(Math.Log10(least)) - 1, 12)
               from step in new[] { 1, 2, 5 }
               let tick = step * Math.Pow(10, power)
               where tick >= least / 2.5 && tick <= greatest * 2.5
               select tick,
        ];
        plot.Axes.Bottom.SetTicks([.. ticks.Select(Math.Log10)], [.. ticks.Select(Number)]);
        plot.Axes.SetLimits(Math.Log10(ticks[0]), Math.Log10(ticks[^1]), 0.4, ways.Count + 0.7);
        plot.Layout.Fixed(new PixelPadding(Margin, 30, 50, Top));
        int rounds = ways[0].Rates.Length;
        string spreadOfRounds = rounds > 1 ? $", least and greatest of {rounds} rounds" : "";
        PictureStyle.Apply(plot, Wrapped(title), $"{unit} per second, logarithmic scale; median{spreadOfRounds}");
        plot.SavePng(PathOf(folder, title), Width, 60 + Top + Line * ways.Count);
    }

    /// <summary>Draws the existing pictures of a folder again, from the tables of a Markdown file.</summary>
    public static void Redraw(DirectoryInfo folder, FileInfo tables)
    {
        foreach (RateTable table in RateTable.Read(File.ReadAllText(tables.FullName)))
        {
            if (!File.Exists(PathOf(folder, table.Title))) continue;
            Save(folder, table.Title, table.Unit, [.. table.Ways.Select(way => (way.Way, new[] { way.Rate }))]);
            Console.WriteLine(PathOf(folder, table.Title));
        }
    }

    /// <summary>Wraps a long title into two lines, because it is only as wide as the data.</summary>
    private static string Wrapped(string title)
    {
        if (title.Length <= LongestTitle) return title;
        int end = title.LastIndexOf(", ", LongestTitle, StringComparison.Ordinal);
        return end < 0 ? title : $"{title[..(end + 1)]}\n{title[(end + 2)..]}";
    }

    private static string Number(double number) => number.ToString(number < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    /// <summary>Returns the path of the picture of a table. Its name consists of the first words of the title.</summary>
    private static string PathOf(DirectoryInfo folder, string title)
    {
        string start = title.Split(':')[0].ToLower(CultureInfo.InvariantCulture);
        string[] words = start.Split([' ', ',', '+', '(', ')', ';'], StringSplitOptions.RemoveEmptyEntries);
        return Path.Combine(folder.FullName, $"speed-{string.Join('-', words.Take(7))}.png");
    }
}
