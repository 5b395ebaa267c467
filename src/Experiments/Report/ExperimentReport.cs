using System.Text;
using System.Xml.Linq;
using MlNetRnn.Files;

namespace MlNetRnn.Experiments;

/// <summary>
/// The trials of an experiment as a page for a browser: the best trial, the course of the search, the effect of each option on the metric, the best options as
/// code, and a leaderboard of all trials. The page is one file that needs no other files, no network and no script.
/// </summary>
public static class ExperimentReport
{
    /// <summary>Writes the page. An existing file is replaced in one step, so that readers never see a part of a page.</summary>
    /// <param name="path">The file, usually with the extension <c>.html</c>; its folder is created if it does not exist.</param>
    /// <param name="trials">The trials, in any order; may be empty.</param>
    /// <param name="metricName">The name of the metric.</param>
    /// <param name="isMaximize">Whether a higher metric is better.</param>
    /// <param name="testMetric">
    /// The same metric of the best model on test rows, which the search did not use; <see langword="null"/> if it was not measured. An experiment has no
    /// test rows: after its end, measure the best model and write the page again.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/>, <paramref name="trials"/> or <paramref name="metricName"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public static void Save(string path, IReadOnlyList<TrialResult> trials, string metricName, bool isMaximize, double? testMetric = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(metricName);
        string page = Html.Write(Page(new TrialScores(trials, metricName, isMaximize, testMetric)));
        string file = Path.GetFullPath(path);
        if (Path.GetDirectoryName(file) is { } folder) Directory.CreateDirectory(folder);
        AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(page)), suffix: AtomicFile.NewSuffix);
    }

    private static XElement Page(TrialScores scores) => Html.Tag("html", Html.At("lang", "en"),
        Html.Tag("head",
            Html.Tag("meta", Html.At("charset", "utf-8")),
            Html.Tag("meta", Html.At("name", "viewport"), Html.At("content", "width=device-width, initial-scale=1")),
            Html.Tag("title", "Experiment: " + scores.MetricName),
            Html.Tag("style", ReportColors.Css + ReportStyle.Css)),
        Html.Tag("body",
            Headline.Of(scores),
            Html.Tag("main",
                PipelineTable.Of(scores),
                ScoreOverTime.Of(scores),
                ValidationCurves.Of(scores),
                OptionScatter.Of(scores),
                ParallelCoordinates.Of(scores),
                BestOptions(scores),
                TrialTable.Of(scores),
                "")));

    private static XElement? BestOptions(TrialScores scores) => scores.Best is not { TrialSettings: { Parameter.Count: > 0 } best } ? null : Section.Of(
        "best", "Best options", $"The options of trial {Numbers.Whole(best.TrialId)} as C#.", Html.Tag("pre", Html.Tag("code", OptionsCode.Of(best.Options))));
}
