using Microsoft.ML;
using Spectre.Console;

namespace MlNetRnn.Samples.Translation;

/// <summary>
/// One model for three small languages: translation between two languages without a common training pair (Johnson et al., 2017), and the alignment of words
/// in a different order.
/// </summary>
internal static class LanguageDemo
{
    private const string ModelName = "languages.zip", AlignmentName = "alignment-words.png";

    private static RnnTranslationOptions Options => new()
    {
        SourceLanguageColumnName = nameof(Pair.SourceLanguage),
        TargetLanguageColumnName = nameof(Pair.TargetLanguage),
        Unit = RnnLanguageUnit.Whitespace,
        ValidationTranslations = 200,
        Network = new RnnTranslationNetworkOptions { HiddenSize = 64, EmbeddingSize = 32, Dropout = 0.2f },
        Training = new RnnTrainingOptions
        {
            BatchSize = 64,
            MaxEpochs = 10,
            LearningRate = 0.005f,
            Schedule = RnnLearningRateSchedule.Linear,
            ExponentialMovingAverage = 0.99f,
        },
    };

    public static void Run(MLContext ml, DirectoryInfo output)
    {
        AnsiConsole.MarkupLine("[bold]Three small languages, one model[/]: English → French, Dutch → English, English → Dutch, English → English; 6,000 pairs");
        IDataView train = View(ml, 6000, 1, SentencePairs.Trained), validation = View(ml, 300, 2, SentencePairs.Trained);
        Trained<RnnTranslationTransformer> trained = TrainingView.Run(
            progress => TrainCommand.Fit(ml, Options, train, validation, progress), TrainCommand.EpochLine);
        Console.WriteLine($"Trained in {trained.Seconds:F0} s. Translations of 200 other sentences:");
        AnsiConsole.Write(Compare(ml, trained.Model));

        AnsiConsole.MarkupLine("[bold]Dutch → French without a single Dutch-French pair (zero-shot)[/]");
        RnnTranslator translator = ml.Rnn().CreateTranslator(trained.Model);
        foreach (Pair pair in SentencePairs.Draw(5, 4, SentencePairs.ZeroShot))
        {
            string translation = translator.Translate(pair.Source, targetLanguage: "fr");
            Console.WriteLine($"  {pair.Source} → {translation}{(translation == pair.Target ? "" : $"   (expected: {pair.Target})")}");
        }

        SavedTranslationModel.Save(ml, trained.Model, train, isLowerCase: false, Path.Combine(output.FullName, ModelName));
        AlignmentPicture.Draw(
            translator.TranslateMany(["today the black dog is followed by a happy woman"], targetLanguage: "fr")[0][0],
            Path.Combine(output.FullName, AlignmentName));
        Console.WriteLine($"\nWritten to {output.FullName}:\n  {ModelName}, {AlignmentName}");
    }

    private static Table Compare(MLContext ml, RnnTranslationTransformer model)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("from → to");
        foreach (string name in new[] { "exact", "BLEU", "chrF" }) table.AddColumn(new TableColumn(name).RightAligned());
        foreach ((string from, string to) in SentencePairs.Trained.Concat(SentencePairs.ZeroShot))
        {
            RnnTranslationMetrics metrics = TrainCommand.Measure(ml, model, View(ml, 200, 3, (from, to))).Metrics;
            table.AddRow(
                $"{from} → {to}{(SentencePairs.Trained.Contains((from, to)) ? "" : " (zero-shot)")}", $"{TrainingRun.Number(100 * metrics.ExactMatch, "F1")}%",
                TrainingRun.Number(metrics.Bleu.Score, "F1"), TrainingRun.Number(metrics.ChrF, "F1"));
        }
        return table;
    }

    private static IDataView View(MLContext ml, int count, int seed, params (string From, string To)[] directions) =>
        ml.Data.LoadFromEnumerable(SentencePairs.Draw(count, seed, directions));
}
