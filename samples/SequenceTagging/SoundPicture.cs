using ScottPlot;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>A recording as a picture: its energies over time, and below it what is heard and what the tagger says.</summary>
internal static class SoundPicture
{
    private const float AxisWidth = 70;

    private static readonly Color[] Colours = [.. new ScottPlot.Palettes.Category10().Colors.Take(6)];

    public static void Draw(TaggedFrames recording, string[] tags, string file)
    {
        var pages = new Multiplot();
        pages.AddPlots(2);
        Energies(pages.GetPlot(0), recording);
        Sounds(pages.GetPlot(1), ("heard", recording.Label), ("tagged", tags));
        // So that a moment of one picture stands above the same moment of the other.
        foreach (int page in new[] { 0, 1 }) pages.GetPlot(page).Axes.Left.MinimumSize = AxisWidth;
        pages.SavePng(file, 900, 600);
    }

    private static void Energies(Plot plot, TaggedFrames recording)
    {
        int count = recording.Label.Length, size = recording.Steps.Length / count;
        var values = new double[size, count];
        // The first row of a heat map is at the top.
        for (int t = 0; t < count; t++)
            for (int band = 0; band < size; band++) values[size - 1 - band, t] = recording.Steps[t * size + band];
        plot.Add.Heatmap(values).Position = new CoordinateRect(0, count, 0, size);
        plot.Title("Energy in bands of frequency");
        plot.YLabel("band");
        plot.Axes.SetLimits(0, count, 0, size);
    }

    private static void Sounds(Plot plot, params (string Name, string[] Tags)[] lines)
    {
        string[] names = [.. Recording.Signs.Keys];
        for (int line = 0; line < lines.Length; line++)
        {
            string[] tags = lines[line].Tags;
            for (int start = 0, end; start < tags.Length; start = end)
            {
                for (end = start + 1; end < tags.Length && tags[end] == tags[start];) end++;
                var bar = plot.Add.Rectangle(start, end, lines.Length - line - 0.9, lines.Length - line - 0.1);
                (bar.FillColor, bar.LineWidth) = (Colours[Array.IndexOf(names, tags[start])], 0);
            }
        }
        plot.Axes.Left.SetTicks([.. lines.Select((_, line) => lines.Length - line - 0.5)], [.. lines.Select(line => line.Name)]);
        plot.Axes.SetLimits(0, lines[0].Tags.Length, 0, lines.Length);
        plot.XLabel("hundredths of a second");
        plot.Legend.ManualItems.AddRange(names.Select((name, i) => new LegendItem { LabelText = name, FillColor = Colours[i] }));
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
    }
}
