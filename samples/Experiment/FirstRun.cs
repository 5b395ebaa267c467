using System.CommandLine;
using Microsoft.ML;
using MlNetRnn.Experiments;
using MlNetRnn.Samples.Texts;
using Spectre.Console;

namespace MlNetRnn.Samples.Experiment;

/// <summary>A demo on the built-in messages: search → report → saved model → fresh process → predictions.</summary>
internal static class FirstRun
{
    private const int LabelColumn = 0, TextColumn = 2;

    public static int Run(SearchSettings settings, ParseResult result, DirectoryInfo output)
    {
        settings.ExpectNoFiles(result);
        output.Create();
        FileInfo model = result.GetValue(settings.Model) ?? new FileInfo(Path.Combine(output.FullName, "model.zip"));
        FileInfo report = result.GetValue(settings.Report) ?? new FileInfo(Path.Combine(output.FullName, "experiment.html"));
        WritableFile.Expect(model);
        WritableFile.Expect(report);

        MLContext ml = TrainingRun.Context(settings.Seed(result));
        AnsiConsole.MarkupLine("[bold]Which network classifies customer messages best?[/]");
        Console.WriteLine("Small networks and a linear model are compared.");
        TextTask task = TextTask.Create("multiclass");
        ExampleFiles Messages(string name)
        {
            string path = Path.Combine(AppContext.BaseDirectory, "Data", name);
            var file = new TableFile(Path.GetRelativePath(Environment.CurrentDirectory, path), TableFormat.Tsv, hasHeader: true);
            return new([(file, new TableColumns(TextColumn, LabelColumn))], task);
        }
        Examples examples = Examples.Read(ml, task, Messages("messages-train.tsv"), null, Messages("messages-test.tsv"));
        var search = new TextSearch(ml, examples, hasTest: true, Space());
        Found found = SearchCommand.Finish(search, search.Run(settings.Of(result) with { ReportFile = report.FullName }), model, report);

        Console.WriteLine($"Written to {model.DirectoryName}: {model.Name}; report of the search: {report.FullName}\n");
        AnsiConsole.MarkupLine($"[bold]A fresh process loads {model.Name.EscapeMarkup()} and predicts[/] (label, probability):");
        (int exitCode, string[] answers) = FreshProcess.Predict(model.FullName, Questions.All);
        Questions.Print(answers);
        found.Print();
        return exitCode;
    }

    /// <summary>Returns a space of networks that are so small that a minute is enough for a dozen of them.</summary>
    private static OptionSpace<RnnTextClassificationOptions> Space() => new OptionSpace<RnnTextClassificationOptions>(new RnnTextClassificationOptions
    {
        Network = new RnnNetworkOptions { Cell = RnnCell.MinGru, HiddenSize = 48, EmbeddingSize = 64 },
        Training = new RnnTrainingOptions { MaxEpochs = 12, LearningRate = 0.005f, ExponentialMovingAverage = 0.99f },
    })
        .Fix(o => o.Network).Fix(o => o.Text).Fix(o => o.Training)
        .Choice(o => o.Network.Cell, RnnCell.MinGru, RnnCell.Gru, RnnCell.Lstm)
        .Choice(o => o.Network.Pooling, RnnPooling.Max, RnnPooling.Mean, RnnPooling.Attention)
        .Range(o => o.Network.HiddenSize, 24, 80, logarithmic: true)
        .Range(o => o.Network.Dropout, 0.2f, 0.6f)
        .Range(o => o.Training.LearningRate, 2e-3f, 1e-2f, logarithmic: true);
}
