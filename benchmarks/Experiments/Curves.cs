using ScottPlot;

namespace MlNetRnn.ExperimentBenchmarks;

/// <summary>The best metric known over the time: a thin line for each seed, a thick one for their mean.</summary>
internal static class Curves
{
    public static void Draw(string set, int seconds, IReadOnlyList<(string Way, IReadOnlyList<Outcome> Outcomes)> ways, string file)
    {
        var plot = new Plot();
        IPalette palette = new ScottPlot.Palettes.ColorblindFriendly();
        double[] times = [.. Enumerable.Range(0, seconds + 1).Select(second => (double)second)];
        for (int i = 0; i < ways.Count; i++)
        {
            Color color = palette.GetColor(i);
            double[][] lines = [.. ways[i].Outcomes.Select(outcome => times.Select(outcome.BestAt).ToArray())];
            foreach (double[] line in lines)
            {
                var thin = plot.Add.Scatter(times, line, color.WithAlpha(0.35));
                (thin.MarkerSize, thin.LineWidth) = (0, 1);
            }
            var mean = plot.Add.Scatter(times, times.Select((_, t) => lines.Average(line => line[t])).ToArray(), color);
            (mean.MarkerSize, mean.LineWidth, mean.LegendText) = (0, 3, ways[i].Way);
        }
        plot.Title($"{set}: the best on the validation rows so far; mean of {ways[0].Outcomes.Count} seeds");
        plot.XLabel("seconds");
        plot.ShowLegend(ways[0].Outcomes[0].IsMaximize ? Alignment.LowerRight : Alignment.UpperRight);
        plot.SavePng(file, 900, 500);
    }
}
