using ScottPlot;

namespace MlNetRnn.Samples.Translation;

/// <summary>Sentences in the plane of their encoder states, as a picture (Sutskever et al., 2014, figure 2).</summary>
internal static class SentencePicture
{
    private const float Distance = 14;

    /// <summary>Draws the picture.</summary>
    /// <param name="points">The sentences.</param>
    /// <param name="file">The picture.</param>
    public static void Draw(IReadOnlyList<SentencePoint> points, string file) => Create(points).SavePng(file, 900, 600);

    internal static Plot Create(IReadOnlyList<SentencePoint> points)
    {
        var plot = new Plot();
        foreach (SentencePoint point in points)
        {
            Color color = PictureStyle.ColorOf(point.Meaning);
            MarkerShape shape = point.IsPassive ? MarkerShape.OpenSquare : MarkerShape.FilledCircle;
            plot.Add.Marker(point.X, point.Y, shape, 11, color).LineWidth = 2;
            // Paraphrases lie together, so that one label is above its point and the other one below.
            var label = plot.Add.Text(point.Text, point.X, point.Y);
            label.Alignment = point.IsPassive ? Alignment.UpperCenter : Alignment.LowerCenter;
            label.OffsetY = point.IsPassive ? Distance - 6 : 6 - Distance;
            (label.LabelFontColor, label.LabelFontSize, label.LabelFontName) = (color, 14, PictureStyle.Font);
        }
        PictureStyle.Apply(plot, "States of the encoder after it has read a sentence (circle: active, square: passive)", "first principal component",
            "second principal component");
        // Room for the labels.
        plot.Axes.Margins(0.45, 0.2);
        plot.Axes.AutoScale();
        return plot;
    }
}
