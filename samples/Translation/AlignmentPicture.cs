using ScottPlot;
using ScottPlot.TickGenerators;

namespace MlNetRnn.Samples.Translation;

/// <summary>The alignment of a translation as a picture: for each target symbol the weights of the source symbols (Bahdanau et al., 2015, figure 3).</summary>
internal static class AlignmentPicture
{
    private const int LargestCell = 36, LeastCell = 12, LargestSide = 1400, Frame = 170, LongestSymbol = 16;

    /// <summary>Draws the picture.</summary>
    /// <param name="translation">A translation of a model with attention.</param>
    /// <param name="file">The picture.</param>
    public static void Draw(RnnTranslation translation, string file)
    {
        (int rows, int columns) = (translation.Attention.Count, translation.Attention[0].Count);
        int cell = Math.Clamp(LargestSide / Math.Max(rows, columns), LeastCell, LargestCell);
        Create(translation).SavePng(file, Frame + cell * columns, Frame + cell * rows);
    }

    internal static Plot Create(RnnTranslation translation)
    {
        IReadOnlyList<IReadOnlyList<float>> weights = translation.Attention;
        (int rows, int columns) = (weights.Count, weights[0].Count);
        var values = new double[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) values[i, j] = weights[i][j];
        var plot = new Plot();
        var map = plot.Add.Heatmap(values);
        (map.Colormap, map.ManualRange) = (new ScottPlot.Colormaps.CustomInterpolated([Colors.White, PictureStyle.ColorOf(0)]), new ScottPlot.Range(0, 1));
        PictureStyle.Apply(plot, $"Alignment: the darker, the greater the weight{Remark(translation)}", "source", "translation");
        // The first row of a heat map is at the top; whole numbers are the centers of its cells.
        plot.Axes.Left.TickGenerator = Ticks(translation.Symbols, i => rows - 1 - i);
        plot.Axes.Bottom.TickGenerator = Ticks(translation.SourceSymbols, i => i);
        if (translation.SourceSymbols.Any(symbol => symbol.Length > 1)) Rotate(plot.Axes.Bottom, translation.SourceSymbols);
        plot.Axes.SetLimits(-0.5, columns - 0.5, -0.5, rows - 0.5);
        plot.HideGrid();
        return plot;
    }

    private static void Rotate(IXAxis axis, IReadOnlyList<string> symbols)
    {
        (axis.TickLabelStyle.Rotation, axis.TickLabelStyle.Alignment) = (-60, Alignment.MiddleRight);
        axis.MinimumSize = 50 + 6 * symbols.Max(symbol => Shown(symbol).Length);
    }

    private static NumericManual Ticks(IReadOnlyList<string> symbols, Func<int, double> at) =>
        new([.. symbols.Select((symbol, i) => new Tick(at(i), Shown(symbol)))]);

    /// <summary>Returns a symbol as it is shown: blanks and the end would be invisible.</summary>
    private static string Shown(string symbol)
    {
        string text = symbol.Length == 0 ? "(end)" : OneLine.Of(symbol).Replace(' ', '·');
        return text.Length > LongestSymbol ? text[..LongestSymbol] + "…" : text;
    }

    private static string Remark(RnnTranslation translation) =>
        translation.SourceSymbols.Concat(translation.Symbols).Any(symbol => symbol.Contains(' ')) ? " (· is a blank)" : "";
}
