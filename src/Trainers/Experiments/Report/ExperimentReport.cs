using System.Text;
using System.Xml.Linq;

namespace MlNetRnn.Experiments;

/// <summary>
/// The trials of an experiment as a page for a browser: what was best, how the search went, what each option does to the metric, the best options as code,
/// and all trials in a table. One file that needs nothing else, no network and no script.
/// </summary>
public static class ExperimentReport
{
    /// <summary>Writes the page. An existing file is replaced at once: whoever reads it meanwhile sees the old one or the new one, never a part.</summary>
    /// <param name="path">The file, by custom with the extension <c>.html</c>; its folder is made where it is not there.</param>
    /// <param name="trials">The trials, in any order; none is fine, too.</param>
    /// <param name="metricName">What the metric is called.</param>
    /// <param name="isMaximize">Whether a higher metric is better.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/>, <paramref name="trials"/> or <paramref name="metricName"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Save(string path, IReadOnlyList<TrialResult> trials, string metricName, bool isMaximize)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(metricName);
        string page = Html.Write(Page(new TrialScores(trials, metricName, isMaximize)));
        string file = Path.GetFullPath(path);
        if (Path.GetDirectoryName(file) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(file + ".new", page, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(file + ".new", file, overwrite: true);
    }

    private static XElement Page(TrialScores scores) => Html.Tag("html", Html.At("lang", "en"),
        Html.Tag("head",
            Html.Tag("meta", Html.At("charset", "utf-8")),
            Html.Tag("meta", Html.At("name", "viewport"), Html.At("content", "width=device-width, initial-scale=1")),
            Html.Tag("title", "Experiment: " + scores.MetricName),
            Html.Tag("style", ReportStyle.Css)),
        Html.Tag("body", scores.HasMany ? Html.Class("many") : null,
            Headline.Of(scores),
            Html.Tag("main",
                ScoreOverTime.Of(scores),
                ValidationCurves.Of(scores),
                OptionScatter.Of(scores),
                ParallelCoordinates.Of(scores),
                scores.Best is { TrialSettings.Parameter.Count: > 0 } best ? Section.Of("best", "The best options", $"Those of trial {Numbers.Whole(best.TrialSettings.TrialId)}.", Html.Tag("pre", Html.Tag("code", OptionsCode.Of(best.TrialSettings.Options)))) : null,
                TrialTable.Of(scores),
                "")));
}
