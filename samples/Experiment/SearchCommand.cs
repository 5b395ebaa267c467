using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;
using MlNetRnn.Samples.SequenceTagging;
using MlNetRnn.Samples.TextClassification;

namespace MlNetRnn.Samples.Experiment;

/// <summary>Searches on the user's own files: read → search → test → save.</summary>
internal static class SearchCommand
{
    public static int Run(SearchSettings settings, ParseResult result, DirectoryInfo output)
    {
        int exitCode = 0;
        int fault = TrainingRun.Guard(SearchSettings.Program, () =>
        {
            if (result.GetValue(settings.Train) is { } train) OnFiles(settings, result, train);
            else exitCode = FirstRun.Run(settings, result, output);
        });
        return Math.Max(exitCode, fault);
    }

    private static void OnFiles(SearchSettings settings, ParseResult result, FileInfo train)
    {
        SearchSettings.ExpectNoFolder(result);
        SearchLimits limits = settings.Limits(result);
        FileInfo? model = result.GetValue(settings.Model);
        WritableFile.Expect(model);
        WritableFile.Expect(limits.Report);
        MLContext ml = TrainingRun.Context(limits.Seed);
        Search search = result.GetValue(settings.Task) == SearchSettings.Tagging ? Tags(settings, result, ml, train) : Texts(settings, result, ml, train);
        Finish(search, search.Run(limits), model).Print();
    }

    /// <summary>Says what is best, saves it, and measures it on rows that the search has not seen.</summary>
    public static Found Finish(Search search, Found found, FileInfo? model)
    {
        TrialResult best = found.Best;
        Console.WriteLine(FormattableString.Invariant($"Best of {found.Trials.Count}: trial {best.TrialSettings.TrialId}, pipeline {best.TrialSettings.PipelineName}, with {search.MetricName} {best.Metric:F4} on the validation rows."));
        if (IsLinearEnough(found)) Console.WriteLine("The linear model is enough: no network that was tried is better.");
        if (model is not null) search.Save(best.Model!, model.FullName);
        if (search.Test(best.Model!) is { } metric) TrainingRun.Print("TestMetric", metric, "F4");
        return found;
    }

    /// <summary>Whether no network is better than the linear model, and there is one to compare with.</summary>
    private static bool IsLinearEnough(Found found)
    {
        ILookup<bool, TrialResult> isLinear = found.Trials.Where(trial => trial.Ending != TrialEnding.Failed).ToLookup(trial => trial.TrialSettings.PipelineName == TextSearch.Linear);
        return isLinear[false].Any() && isLinear[true].Any(linear => linear.Loss <= found.Best.Loss);
    }

    private static TextSearch Texts(SearchSettings settings, ParseResult result, MLContext ml, FileInfo train)
    {
        settings.FormatOf(result, TableOptions.Formats);
        FileInfo? test = result.GetValue(settings.Test);
        Examples examples = settings.Table.Read(result, ml, TextTask.Create("multiclass"), train, result.GetValue(settings.Validation), test);
        var labels = examples.Train.GetColumn<string>(nameof(Example.Label)).ToHashSet();
        if (!examples.Validation.GetColumn<string>(nameof(Example.Label)).Any(labels.Contains)) throw new FileException($"{result.GetValue(settings.Validation)}: expected at least one row with a label of {train}, got none");
        return new TextSearch(ml, examples, test is not null, new OptionSpace<RnnTextClassificationOptions>());
    }

    private static TagSearch Tags(SearchSettings settings, ParseResult result, MLContext ml, FileInfo train)
    {
        string name = settings.FormatOf(result, TaggedFormat.Names) ?? throw new FileException($"--format: expected one of {string.Join(", ", TaggedFormat.Names)} with --task {SearchSettings.Tagging}, got none");
        TaggedFormat format = settings.Tagged.FormatOf(result, name);
        FileInfo? test = result.GetValue(settings.Test);
        TaggedData data = TaggedData.Read(ml, format, train, result.GetValue(settings.Validation), test);
        if (data.Validation is { } validation) return new TagSearch(ml, format, data.Train, validation, test is null ? null : data.Test);
        DataOperationsCatalog.TrainTestData split = HeldOut.Tenth(ml, data.Train, data.Train.GetColumn<string[]>(format.LabelColumn).Count(), format.Rows, train.ToString());
        return new TagSearch(ml, format, split.TrainSet, split.TestSet, data.Test);
    }
}
