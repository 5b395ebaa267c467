using MlNetRnn.Samples.Tags;
using ScottPlot;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>A recording as a picture: its energies over time, and below them the true and the predicted sounds.</summary>
internal static class SoundPicture
{
    private const float AxisWidth = 90;

    /// <summary>The duration of a frame in seconds.</summary>
    private const double Frame = (double)BandEnergies.Hop / Recording.Rate;

    public static void Draw(TaggedFrames recording, string[] tags, string file)
    {
        var pages = new Multiplot();
        pages.AddPlots(2);
        Energies(pages.GetPlot(0), recording);
        Sounds(pages.GetPlot(1), ("true", recording.Label), ("predicted", tags));
        // The same moment has the same horizontal position in both pictures.
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
        plot.Add.Heatmap(values).Position = new CoordinateRect(0, count * Frame, 0, size);
        PictureStyle.Apply(plot, "Energy by frequency band", "time (seconds)", "band (low to high)");
        plot.Axes.SetLimits(0, count * Frame, 0, size);
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
                var bar = plot.Add.Rectangle(start * Frame, end * Frame, lines.Length - line - 0.9, lines.Length - line - 0.1);
                (bar.FillColor, bar.LineWidth) = (PictureStyle.ColorOf(Array.IndexOf(names, tags[start])), 0);
            }
        }
        plot.Axes.Left.SetTicks([.. lines.Select((_, line) => lines.Length - line - 0.5)], [.. lines.Select(line => line.Name)]);
        plot.Axes.SetLimits(0, lines[0].Tags.Length * Frame, 0, lines.Length);
        plot.Legend.ManualItems.AddRange(names.Select((name, i) => new LegendItem { LabelText = name, FillColor = PictureStyle.ColorOf(i) }));
        plot.Legend.Orientation = Orientation.Horizontal;
        PictureStyle.Apply(plot, "Sounds", "time (seconds)");
        PictureStyle.AddLegend(plot, Edge.Bottom);
    }
}
