using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>A small picture for each searched option: its value and the metric of every trial.</summary>
internal static class OptionScatter
{
    private const int Height = 150, LetterWidth = 7, Width = 165, LongestLabel = 14, LevelLabels = 40, AlternatingLabels = 54, SlantedLabels = 78;

    /// <summary>The maximum number of dots of all pictures together that have titles.</summary>
    private const int MostTitles = 6000;

    public static XElement? Of(TrialScores scores)
    {
        XElement[] pictures = [.. scores.Options.Select(option => Picture(scores, option)).OfType<XElement>()];
        return pictures.Length == 0 ? null : Section.Of("options", "Options", $"The validation {scores.MetricName} of each trial over the value of each searched option; {scores.Direction}.{Section.Beyond(scores.Axis)}",
            ScoreOverTime.Legend(scores, [.. scores.Scored.Where(trial => scores.Options.Any(option => option.PlaceOf(trial.TrialSettings) is not null))]),
            Html.Tag("div", Html.Class("small"), pictures));
    }

    private static XElement? Picture(TrialScores scores, OptionAxis option)
    {
        (TrialResult Trial, double Place)[] dots = [.. scores.Ascending.Select(trial => (trial, option.PlaceOf(trial.TrialSettings))).Where(dot => dot.Item2 is not null).Select(dot => (dot.trial, dot.Item2!.Value))];
        if (dots.Length == 0) return null;
        string name = scores.HasSeveralPipelines && option.Pipeline is { } pipeline ? $"{pipeline}: {option.Name}" : option.Name;
        var plot = new Plot($"{scores.MetricName} over {name}") { Height = Height, Bottom = LevelLabels };
        plot.AddVerticalAxis(scores.Axis.Ticks);
        AddLabels(plot, option);
        bool hasTitles = scores.Scored.Count * scores.Options.Count <= MostTitles;
        foreach ((TrialResult trial, double place) in dots)
        {
            string? title = hasTitles || scores.IsBest(trial) ? $"{scores.Title(trial)}\n{Html.Short(ValueOf(option, trial), 100)}" : null;
            plot.AddDot(scores.PipelineOf(trial), place, scores.Axis.Position(trial.Metric), "dot " + scores.Names(trial), title, scores.Radius(trial) * 0.8);
        }
        return Html.Tag("figure", Html.Tag("figcaption", name), plot.ToSvg());
    }

    private static string ValueOf(OptionAxis option, TrialResult trial) =>
        trial.TrialSettings.Parameter.TryGetValue(option.Name, out object? value) ? $"{OptionAxis.LastName(option.Name)} {Numbers.Value(value)}" : "";

    private static void AddLabels(Plot plot, OptionAxis option)
    {
        (double Position, string Label)[] labels = [.. option.Labels.Select(label => (label.Position, Html.Short(label.Label, LongestLabel)))];
        foreach ((double position, _) in labels) plot.AddLine(position, 0, position, 1, "grid");
        if (option.IsRange)
        {
            plot.AddText(0, 0, labels[0].Label, "after", dy: 16);
            plot.AddText(1, 0, labels[1].Label, "before", dy: 16);
            plot.AddText(0.5, 0, option.Scale, "below soft", dy: 16);
        }
        else if (Fit(labels, distance: 1))
        {
            foreach ((double position, string label) in labels) plot.AddText(position, 0, label, "below", dy: 16);
        }
        else if (Fit(labels, distance: 2))
        {
            plot.Bottom = AlternatingLabels;
            for (int i = 0; i < labels.Length; i++) plot.AddText(labels[i].Position, 0, labels[i].Label, "below", dy: i % 2 == 0 ? 16 : 30);
        }
        else
        {
            plot.Bottom = SlantedLabels;
            foreach ((double position, string label) in labels) plot.AddSlantedText(position, label);
        }
    }

    /// <summary>Whether labels do not overlap if every label, or only every second one, is at the same height.</summary>
    private static bool Fit((double Position, string Label)[] labels, int distance) => labels.Zip(labels.Skip(distance)).All(pair =>
        (pair.First.Label.Length + pair.Second.Label.Length) / 2.0 * LetterWidth <= (pair.Second.Position - pair.First.Position) * Width);
}
