using Microsoft.ML;
using MlNetRnn.Samples.Texts;
using Spectre.Console;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>The complete workflow: text → training → comparison → saved model → generated texts → fresh process.</summary>
internal static class FirstRun
{
    private const string Prompt = "/// <summary>Returns ", FreshPrompt = "public sealed ", ModelName = "model.zip";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    public static int Run(DirectoryInfo output)
    {
        output.Create();
        MLContext ml = TrainingRun.Context(1);
        (string[] training, string[] validation) = RepositoryText.Read();
        AnsiConsole.MarkupLine("[bold]What comes next?[/] An LSTM reads sources and guides of this library and predicts each character.");
        Console.WriteLine($"Training: {training.Sum(Length):N0} characters; validation: {validation.Sum(Length):N0}. This takes a minute.\n");
        IDataView train = Rows(ml, training), held = Rows(ml, validation);
        Baseline[] baselines = Baselines.Measure(ml, train, held);
        foreach ((string name, double nats) in baselines) Console.WriteLine($"{name}: {TrainingRun.Number(nats, "F4")} nats per character");
        Console.WriteLine();
        Trained<RnnLanguageModelTransformer> trained = TrainingView.Run(
            progress => TrainCommand.Fit(ml, Options, train, held, progress), TrainCommand.EpochLine);
        Console.WriteLine($"Trained in {trained.Seconds:F0} s: {trained.Model}\n");

        Compare([.. baselines, new Baseline("LSTM (this library)", TrainCommand.NatsPerSymbol(trained))]);
        string model = Path.Combine(output.FullName, ModelName), picture = Path.Combine(output.FullName, "loss.png");
        ml.Model.Save(trained.Model, train.Schema, model);
        LossPicture.Draw(trained.Epochs, baselines, picture);
        Console.WriteLine($"Written to {output.FullName}:\n  {ModelName}, loss.png\n");
        Generate(ml.Rnn().CreateTextGenerator(trained.Model));

        AnsiConsole.MarkupLine($"[bold]A fresh process loads {ModelName} and generates[/]");
        (int exitCode, string text) = FreshProcess.Run(
            "generate", "--model", model, "--prompt", FreshPrompt, "--length", "120", "--temperature", "0.5", "--seed", "1");
        Console.WriteLine(FreshPrompt + text);
        return exitCode;
    }

    private static RnnLanguageModelOptions Options => new()
    {
        InputColumnName = nameof(TextRow.Text),
        SymbolLogProbabilitiesColumnName = ScoreCommand.SymbolColumn,
        JoinRows = true,
        Network = new RnnLanguageNetworkOptions { HiddenSize = 128, Dropout = 0 },
        Training = new RnnTrainingOptions
        {
            LearningRate = 0.005f,
            Schedule = RnnLearningRateSchedule.Linear,
            MaximumTime = Duration,
            MaxEpochs = 100,
        },
    };

    private static int Length(string line) => line.Length + 1;

    private static IDataView Rows(MLContext ml, string[] lines) => ml.Data.LoadFromEnumerable(TextRows.Of(lines, RnnLanguageUnit.Character));

    private static void Compare(IEnumerable<Baseline> models)
    {
        Table table = new Table().Border(TableBorder.Simple).Title("On the validation text").AddColumn(new TableColumn("model").NoWrap());
        foreach (string name in new[] { "nats/character", "bits/character", "perplexity" }) table.AddColumn(new TableColumn(name).RightAligned());
        foreach ((string name, double nats) in models)
            table.AddRow(name, TrainingRun.Number(nats, "F4"), TrainingRun.Number(nats / Math.Log(2), "F4"), TrainingRun.Number(Math.Exp(nats), "F3"));
        AnsiConsole.Write(table);
    }

    private static void Generate(RnnTextGenerator generator)
    {
        foreach (float temperature in new[] { 0.4f, 0.8f, 1.2f })
        {
            AnsiConsole.MarkupLine($"[bold]Temperature {TrainingRun.Number(temperature, "F1")}[/]");
            var sampling = new RnnGenerationOptions { Temperature = temperature, Seed = 1, MaximumLength = 240 };
            Console.WriteLine($"{Prompt}{generator.Generate(Prompt, sampling)}\n");
        }
        var beam = new RnnGenerationOptions { BeamWidth = 8, MaximumLength = 100, StopSequences = ["\n"] };
        AnsiConsole.MarkupLine("[bold]The most probable line that a beam search of width 8 finds[/]");
        Console.WriteLine($"{Prompt}{generator.Generate(Prompt, beam)}\n");
    }
}
