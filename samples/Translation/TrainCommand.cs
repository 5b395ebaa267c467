using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Translation;

/// <summary>Trains on the user's own pairs: read → train → measure → save.</summary>
internal static class TrainCommand
{
    public static int Run(TrainSettings settings, ParseResult result) => TrainingRun.Guard("train", () => Train(settings, result));

    private static void Train(TrainSettings settings, ParseResult result)
    {
        MLContext ml = TrainingRun.Context(settings.Seed(result));
        FileInfo? file = result.GetValue(settings.Model);
        RnnTranslationOptions options = settings.Of(result);
        WritableFile.Expect(file);
        PairData data = settings.Pairs.Read(ml, result);

        Trained<RnnTranslationTransformer> trained = TrainingView.Run(progress => Fit(ml, options, data.Train, data.Validation, progress), EpochLine);
        if (file is not null) SavedTranslationModel.Save(ml, trained.Model, data.Train, settings.Pairs.IsLowerCase(result), file.FullName);
        Console.WriteLine(trained.Model);
        Console.WriteLine($"Measured on {data.MeasuredOn}:");
        (RnnTranslationMetrics metrics, double wordsPerSecond) = Measure(ml, trained.Model, data.Test, settings.Evaluation(result));
        TrainingRun.Print("Bleu", metrics.Bleu.Score, "F2");
        TrainingRun.Print("ChrF", metrics.ChrF, "F2");
        TrainingRun.Print("ValidationPerplexity", Perplexity(trained), "F4");
        TrainingRun.Print("TrainSeconds", trained.Seconds, "F1");
        TrainingRun.Print("TrainTokensPerSecond", trained.TokensPerSecond, "F0");
        TrainingRun.Print("TranslateWordsPerSecond", wordsPerSecond, "F0");
        Console.WriteLine($"BleuSignature: {metrics.Bleu.Signature}");
    }

    /// <summary>Trains a model.</summary>
    public static RnnTranslationTransformer Fit(
        MLContext ml, RnnTranslationOptions options, IDataView pairs, IDataView validation, IProgress<RnnTrainingProgress> progress) =>
        ml.Transforms.Text.RnnTranslation(options with { Training = options.Training with { ValidationSet = validation, Progress = progress } }).Fit(pairs);

    /// <summary>Translates pairs and compares the translations with the targets.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="model">The model.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="options">How texts are compared.</param>
    /// <returns>The metrics, and the number of source words that were translated per second.</returns>
    public static (RnnTranslationMetrics Metrics, double WordsPerSecond) Measure(
        MLContext ml, RnnTranslationTransformer model, IDataView pairs, RnnTranslationEvaluationOptions? options = null)
    {
        var watch = Stopwatch.StartNew();
        string[] translations = [.. model.Transform(pairs).GetColumn<string>(model.TranslationColumnName)];
        double seconds = watch.Elapsed.TotalSeconds;
        long words = 0;
        var compared = new List<Translated>();
        foreach ((Pair pair, string translation) in ml.Data.CreateEnumerable<Pair>(pairs, reuseRowObject: true).Zip(translations))
        {
            words += pair.Source.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            compared.Add(new Translated { Target = pair.Target, Translation = translation });
        }
        return (ml.Rnn().EvaluateTranslation(ml.Data.LoadFromEnumerable(compared), options: options), words / seconds);
    }

    /// <summary>Returns the perplexity of a target symbol of the validation pairs in the best epoch.</summary>
    public static double Perplexity<T>(Trained<T> trained) =>
        Math.Exp(trained.Epochs.LastOrDefault(epoch => epoch.IsBest)?.ValidationLoss ?? double.NaN);

    /// <summary>Returns the line of an epoch.</summary>
    public static string EpochLine(RnnTrainingProgress p) =>
        $"epoch {p.Epoch,2}  loss {p.Loss:F3}  validation {p.ValidationLoss:F3} nats per symbol  {p.MetricName} {p.ValidationMetric:F2}  gradient norm "
            + $"{p.GradientNorm:F2}{(p.IsBest ? "  best" : "")}";

    private sealed class Translated
    {
        public string Target { get; set; } = "";

        public string Translation { get; set; } = "";
    }
}
