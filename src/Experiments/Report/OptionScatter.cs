using System.Xml.Linq;
using ScottPlot;

namespace MlNetRnn.Experiments;

/// <summary>A small chart for each searched option: its value and the metric of every trial.</summary>
internal static class OptionScatter
{
    private const int Width = 258, Height = 190, LongestLabel = 14;

    public static XElement? Of(TrialScores scores)
    {
        XElement[] charts = [.. scores.Options.Select(option => Picture(scores, option)).OfType<XElement>()];
        return charts.Length == 0 ? null : Section.Of(
            "options",
            "Options",
            $"The validation {scores.MetricName} of each trial over the value of each searched option; {scores.Direction}.{Section.Beyond(scores.Limits)}",
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
        var chart = new Chart(Width, Height);
        chart.AddAxis(Edge.Left, scores.Limits.Minimum, scores.Limits.Maximum);
        chart.AddAxis(1, option.Labels(LongestLabel));
        foreach ((TrialResult trial, double place) in dots)
        {
            string title = $"{scores.Title(trial)}\n{Html.Short(ValueOf(option, trial), 100)}";
            scores.AddMarker(chart, trial, new(place, scores.Limits.Clamp(trial.Metric)), title, scale: 0.8f);
        }
        XElement caption = Html.Tag("figcaption", name.Replace(".", ".\u200B", StringComparison.Ordinal));
        return Html.Tag("figure", caption, chart.ToSvg($"{scores.MetricName} over {name}"));
    }

    private static string ValueOf(OptionAxis option, TrialResult trial) =>
        trial.TrialSettings.Parameter.TryGetValue(option.Name, out object? value) ? $"{OptionAxis.LastName(option.Name)} {Numbers.Value(value)}" : "";
}
