using Microsoft.ML;
using Spectre.Console;

namespace MlNetRnn.Samples.Translation;

/// <summary>
/// A model without attention, so that the last state of the encoder stands for the whole sentence: states of paraphrases are similar, and those of the same
/// words with another meaning are not (Sutskever et al., 2014, figure 2).
/// </summary>
internal static class ParaphraseDemo
{
    private const string PictureName = "encoder-states.png", StateColumn = "State";

    private static RnnTranslationOptions Options => new()
    {
        EncoderStateColumnName = StateColumn,
        Unit = RnnLanguageUnit.Whitespace,
        ValidationTranslations = 100,
        Network = new RnnTranslationNetworkOptions
        {
            HiddenSize = 128,
            EmbeddingSize = 32,
            Dropout = 0.2f,
            Attention = RnnAttention.None,
            Bidirectional = false,
        },
        Training = new RnnTrainingOptions
        {
            BatchSize = 64,
            MaxEpochs = 12,
            LearningRate = 0.01f,
            Schedule = RnnLearningRateSchedule.Linear,
            ExponentialMovingAverage = 0.99f,
        },
    };

    public static void Run(MLContext ml, DirectoryInfo output)
    {
        AnsiConsole.MarkupLine("\n[bold]What does the encoder keep of a sentence?[/] English → French without attention: 6,000 pairs");
        IDataView train = View(ml, 6000, 1), validation = View(ml, 200, 2);
        Trained<RnnTranslationTransformer> trained = TrainingView.Run(
            progress => TrainCommand.Fit(ml, Options, train, validation, progress), TrainCommand.EpochLine);
        SentencePoint[] points = SentencePoint.Project(ml, trained.Model, StateColumn);
        SentencePicture.Draw(points, Path.Combine(output.FullName, PictureName));
        Console.WriteLine($"Trained in {trained.Seconds:F0} s.\n\nWritten to {output.FullName}:\n  {PictureName}");
    }

    private static IDataView View(MLContext ml, int count, int seed) => ml.Data.LoadFromEnumerable(SentencePairs.Draw(count, seed, ("en", "fr")));
}
