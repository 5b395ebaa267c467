using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;
using MlNetRnn.Samples.Tags;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Experiment;

/// <summary>Searches on the user's own files: read → search → test → save.</summary>
internal static class SearchCommand
{
    public static int Run(SearchSettings settings, ParseResult result, DirectoryInfo output)
    {
        int exitCode = 0;
        int fault = TrainingRun.Guard(SearchSettings.Program, () =>
        {
            if (InputFiles.Of(result, settings.Train) is { Length: > 0 } train) OnFiles(settings, result, train);
            else exitCode = FirstRun.Run(settings, result, output);
        });
        return Math.Max(exitCode, fault);
    }

    private static void OnFiles(SearchSettings settings, ParseResult result, string[] train)
    {
        SearchSettings.ExpectNoFolder(result);
        settings.ExpectNoOptionsOfOtherTask(result);
        ExperimentSettings limits = settings.Of(result);
        FileInfo? model = result.GetValue(settings.Model), report = result.GetValue(settings.Report);
        WritableFile.Expect(model);
        WritableFile.Expect(report);
        MLContext ml = TrainingRun.Context(settings.Seed(result));
        Search search = result.GetValue(settings.Task) == SearchSettings.Tagging ? Tags(settings, result, ml, train) : Texts(settings, result, ml, train);
        Finish(search, search.Run(limits), model, report).Print();
    }

    /// <summary>Prints the best trial, saves its model, measures it on rows that the search has not used, and adds that metric to the report.</summary>
    public static Found Finish(Search search, Found found, FileInfo? model, FileInfo? report)
    {
        TrialResult best = found.Best;
        string trial = $"trial {best.TrialSettings.TrialId}, pipeline {best.TrialSettings.PipelineName}";
        Console.WriteLine($"Best of {found.Trials.Count}: {trial}, with {search.MetricName} {TrainingRun.Number(best.Metric, "F4")} on the validation rows.");
        if (IsLinearSufficient(found)) Console.WriteLine("The linear model is sufficient: no network is better.");
        if (model is not null) search.Save(best.Model!, model.FullName);
        if (search.Test(best.Model!) is { } metric)
        {
            TrainingRun.Print("TestMetric", metric, "F4");
            // The experiment wrote the report after each trial, without the test rows.
            if (report is not null) ExperimentReport.Save(report.FullName, found.Trials, search.MetricName, search.IsMaximize, metric);
        }
        return found;
    }

    /// <summary>
    /// Whether the linear model is the best, and there are networks to compare it with. Of equally accurate trials the search keeps the one with the least
    /// log-loss.
    /// </summary>
    private static bool IsLinearSufficient(Found found) => found.Best.TrialSettings.PipelineName == TextSearch.Linear
        && found.Trials.Any(trial => trial.Ending != TrialEnding.Failed && trial.TrialSettings.PipelineName != TextSearch.Linear);

    private static TextSearch Texts(SearchSettings settings, ParseResult result, MLContext ml, string[] train)
    {
        settings.FormatOf(result, TableOptions.Formats);
        string[] test = InputFiles.Of(result, settings.Test);
        Examples examples = settings.Table.Read(result, ml, TextTask.Create("multiclass"), train, InputFiles.Of(result, settings.Validation), test);
        return new TextSearch(ml, examples, test.Length > 0, new OptionSpace<RnnTextClassificationOptions>());
    }

    private static TagSearch Tags(SearchSettings settings, ParseResult result, MLContext ml, string[] train)
    {
        TaggedFormat format = settings.Tagged.FormatOf(result, settings.FormatOf(result, TaggedFormat.Names), train);
        string[] test = InputFiles.Of(result, settings.Test);
        TaggedData data = TaggedData.Read(ml, format, train, InputFiles.Of(result, settings.Validation), test);
        if (data.Validation is { } validation) return new TagSearch(ml, format, data.Train, validation, test.Length == 0 ? null : data.Test);
        DataOperationsCatalog.TrainTestData split = HeldOut.Tenth(
            ml, data.Train, data.Train.GetColumn<string[]>(format.LabelColumn).Count(), format.Rows, InputFiles.InWords(train));
        return new TagSearch(ml, format, split.TrainSet, split.TestSet, data.Test);
    }
}
