using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>A small chart for each searched option: its value and the metric of every trial.</summary>
internal static class OptionScatter
{
    private const int Width = 258, Height = 150, DataWidth = 190, LetterWidth = 7, LongestLabel = 14;

    private const int LevelLabels = 40, AlternatingLabels = 54, SlantedLabels = 78;

    /// <summary>The maximum number of markers of all charts together that have titles.</summary>
    private const int MostTitles = 6000;

    public static XElement? Of(TrialScores scores)
    {
        XElement[] charts = [.. scores.Options.Select(option => Picture(scores, option)).OfType<XElement>()];
        return charts.Length == 0 ? null : Section.Of(
            "options",
            "Options",
            $"The validation {scores.MetricName} of each trial over the value of each searched option; {scores.Direction}.{Section.Beyond(scores.Axis)}",
            Section.Markers(scores, [.. scores.Scored.Where(trial => scores.Options.Any(option => option.PlaceOf(trial.TrialSettings) is not null))]),
            Html.Tag("div", Html.Class("small"), charts));
    }

    private static XElement? Picture(TrialScores scores, OptionAxis option)
    {
        (TrialResult Trial, double Place)[] dots =
        [
            .. from trial in scores.Ascending
               let place = option.PlaceOf(trial.TrialSettings)
               where place is not null
               select (trial, place.Value),
        ];
        if (dots.Length == 0) return null;
        string name = scores.HasSeveralPipelines && option.Pipeline is { } pipeline ? $"{pipeline}: {option.Name}" : option.Name;
        var chart = new Chart($"{scores.MetricName} over {name}") { Width = Width, Height = Height, Bottom = LevelLabels };
        chart.AddVerticalAxis(scores.Axis.Ticks);
        AddLabels(chart, option);
        bool hasTitles = scores.Scored.Count * scores.Options.Count <= MostTitles;
        foreach ((TrialResult trial, double place) in dots)
        {
            string? title = hasTitles || scores.IsBest(trial) ? $"{scores.Title(trial)}\n{Html.Short(ValueOf(option, trial), 100)}" : null;
            scores.AddMarker(chart, trial, place, scores.Axis.Position(trial.Metric), title, scale: 0.8f);
        }
        return Html.Tag("figure", Html.Tag("figcaption", name), chart.ToSvg());
    }

    private static string ValueOf(OptionAxis option, TrialResult trial) =>
        trial.TrialSettings.Parameter.TryGetValue(option.Name, out object? value) ? $"{OptionAxis.LastName(option.Name)} {Numbers.Value(value)}" : "";

    private static void AddLabels(Chart chart, OptionAxis option)
    {
        (double Position, string Label)[] labels = [.. option.Labels.Select(label => (label.Position, Html.Short(label.Label, LongestLabel)))];
        foreach ((double position, _) in labels) chart.AddFrame(position, 0, position, 1, ReportColors.Grid);
        if (option.IsRange)
        {
            chart.AddText(0, 0, labels[0].Label, "after", dy: 16);
            chart.AddText(1, 0, labels[1].Label, "before", dy: 16);
            chart.AddText(0.5, 0, option.Scale, "below soft", dy: 16);
        }
        else if (Fit(labels, distance: 1))
        {
            foreach ((double position, string label) in labels) chart.AddText(position, 0, label, "below", dy: 16);
        }
        else if (Fit(labels, distance: 2))
        {
            chart.Bottom = AlternatingLabels;
            for (int i = 0; i < labels.Length; i++) chart.AddText(labels[i].Position, 0, labels[i].Label, "below", dy: i % 2 == 0 ? 16 : 30);
        }
        else
        {
            chart.Bottom = SlantedLabels;
            foreach ((double position, string label) in labels) chart.AddText(position, 0, label, "before", dx: 4, dy: 14, isSlanted: true);
        }
    }

    /// <summary>Whether labels do not overlap if every label, or only every second one, is at the same height.</summary>
    private static bool Fit((double Position, string Label)[] labels, int distance) => labels.Zip(labels.Skip(distance)).All(pair =>
        (pair.First.Label.Length + pair.Second.Label.Length) / 2.0 * LetterWidth <= (pair.Second.Position - pair.First.Position) * DataWidth);
}
