using Microsoft.ML;
using Spectre.Console;

namespace MlNetRnn.Samples.Translation;

/// <summary>Dates in many spellings → ISO, character by character: training, alignment, saved model, fresh process; and the choices of sampling.</summary>
internal static class DateDemo
{
    private const string ModelName = "dates.zip", PictureName = "alignment-date.png";

    private static readonly string[] Spellings =
        ["12 March 2021", "Mar 12, 2021", "12.3.2021", "3/12/2021", "THE 12TH OF MARCH 2021", "Friday, 12 March 2021", "12 March '21", "2021/03/12"];

    private static RnnTranslationOptions Options => new()
    {
        Unit = RnnLanguageUnit.Character,
        ValidationTranslations = 200,
        Network = new RnnTranslationNetworkOptions { HiddenSize = 64, EmbeddingSize = 32, Dropout = 0.1f },
        Training = new RnnTrainingOptions
        {
            BatchSize = 64,
            MaxEpochs = 8,
            LearningRate = 0.005f,
            Schedule = RnnLearningRateSchedule.Linear,
            ExponentialMovingAverage = 0.99f,
        },
    };

    /// <returns>The exit code of the fresh process.</returns>
    public static int Run(MLContext ml, DirectoryInfo output)
    {
        IDataView train = View(ml, 3000, seed: 1), validation = View(ml, 500, seed: 2), test = View(ml, 500, seed: 3);
        AnsiConsole.MarkupLine("[bold]Dates in many spellings → ISO[/]: 3,000 pairs, one character at a time");
        Trained<RnnTranslationTransformer> trained = TrainingView.Run(
            progress => TrainCommand.Fit(ml, Options, train, validation, progress), TrainCommand.EpochLine);
        RnnTranslationMetrics metrics = TrainCommand.Measure(ml, trained.Model, test).Metrics;
        Console.WriteLine($"Trained in {trained.Seconds:F0} s. Of 500 other dates, {100 * metrics.ExactMatch:F1}% are translated exactly.\n");

        string model = Path.Combine(output.FullName, ModelName);
        SavedTranslationModel.Save(ml, trained.Model, train, isLowerCase: false, model);
        AlignmentPicture.Draw(
            ml.Rnn().CreateTranslator(trained.Model).TranslateMany(["March 12, 2021"])[0][0], Path.Combine(output.FullName, PictureName));
        Console.WriteLine($"Written to {output.FullName}:\n  {ModelName}, {PictureName}\n");
        AnsiConsole.MarkupLine($"[bold]A fresh process loads {ModelName} and translates[/]");
        (int exitCode, string text) = FreshProcess.Run(Spellings, ["translate", "--model", model]);
        foreach ((string spelling, string date) in Spellings.Zip(text.ReplaceLineEndings("\n").Split('\n'))) Console.WriteLine($"  {spelling,-24} {date}");
        return exitCode;
    }

    /// <summary>Compares the choices of the symbol that the decoder reads during training, on fewer pairs, so that the task is not too easy.</summary>
    public static void CompareSampling(MLContext ml)
    {
        AnsiConsole.MarkupLine("\n[bold]What should the decoder read during training?[/] The same with 1,000 pairs, measured on 500 other dates:");
        RnnTranslationOptions options = Options;
        AnsiConsole.Write(SamplingRegimes.Compare(
            ml, options with { Training = options.Training with { MaxEpochs = 15, Patience = 15 } }, View(ml, 1000, seed: 1), View(ml, 500, seed: 2)));
    }

    private static IDataView View(MLContext ml, int count, int seed) => ml.Data.LoadFromEnumerable(DateSpellings.Pairs(count, seed));
}
