using MlNetRnn.Samples;
using ScottPlot;

namespace MlNetRnn.ExperimentBenchmarks;

/// <summary>The best metric over the time of a search: a thin line for each seed, a thick one for their mean.</summary>
internal static class Curves
{
    public static void Draw(string set, string metric, int seconds, IReadOnlyList<(string Way, IReadOnlyList<Outcome> Outcomes)> ways, string file)
    {
        var plot = new Plot();
        double[] times = [.. Enumerable.Range(0, seconds + 1).Select(second => (double)second)];
        for (int i = 0; i < ways.Count; i++)
        {
            double[][] lines = [.. ways[i].Outcomes.Select(outcome => times.Select(outcome.BestAt).ToArray())];
            foreach (double[] line in lines)
            {
                var thin = plot.Add.Scatter(times, line, PictureStyle.ColorOf(i).WithAlpha(0.35));
                (thin.MarkerSize, thin.LineWidth) = (0, 1);
            }
            PictureStyle.AddLine(plot, i, ways[i].Way, times, [.. times.Select((_, t) => lines.Average(line => line[t]))], hasMarkers: false);
        }
        int seeds = ways[0].Outcomes.Count;
        plot.Axes.AutoScaleY();
        plot.Axes.SetLimitsX(0, seconds);
        PictureStyle.Apply(plot,
            $"{set}: best {metric} on the validation rows so far{(seeds > 1 ? $"; thick: mean of {seeds} seeds, thin: each seed" : "")}",
            "time of the search (seconds)", metric);
        PictureStyle.AddLegend(plot, Edge.Right);
        plot.SavePng(file, 900, 500);
    }
}
