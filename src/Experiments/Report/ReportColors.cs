using ScottPlot;

namespace MlNetRnn.Experiments;

/// <summary>
/// The colors of the report, in light and in dark pages. The page defines a CSS variable for each. Charts are drawn with the light colors, which are then
/// replaced by the variables. The colors of series are from Okabe and Ito's palette, or close to it.
/// </summary>
internal static class ReportColors
{
    public const string Back = "back", Text = "text", Soft = "soft", Grid = "grid", Line = "line", Best = "best";

    private static readonly (string Name, string Light, string Dark)[] All =
    [
        (Back, "#FEFEFE", "#15181C"), (Text, "#1B1F24", "#E6E8EB"), (Soft, "#57606A", "#9DA7B1"), (Line, "#D8DEE4", "#3D444D"), (Grid, "#EBEEF1", "#262C33"),
        ("mark", "#FDF0E6", "#3A2413"), (Best, "#D55E00", "#FF8C42"), ("error", "#A33B00", "#FF8C43"),
        ("pipeline0", "#0072B2", "#56B4E9"), ("pipeline1", "#00805E", "#35C79A"), ("pipeline2", "#A3397F", "#E08CC0"), ("pipeline3", "#7A6200", "#E0C341"),
    ];

    /// <summary>The definitions of the variables.</summary>
    public static string Css { get; } = $$"""

        :root { color-scheme: light dark; {{string.Join(" ", All.Select(color => $"--{color.Name}: {color.Light};"))}} }
        @media (prefers-color-scheme: dark) { :root { {{string.Join(" ", All.Select(color => $"--{color.Name}: {color.Dark};"))}} } }

        """;

    public static Color Of(string name) => Color.FromHex(All.First(color => color.Name == name).Light);

    /// <summary>The name of a pipeline's color.</summary>
    public static string OfPipeline(int pipeline) => "pipeline" + Numbers.Whole(pipeline % Chart.Shapes);

    /// <summary>Replaces the colors of a chart by the variables of the page.</summary>
    public static string InPage(string svg) =>
        All.Aggregate(svg, (text, color) => text.Replace(color.Light, $"var(--{color.Name})", StringComparison.Ordinal));
}
