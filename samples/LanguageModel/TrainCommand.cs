using System.CommandLine;
using Microsoft.ML;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>Trains on the user's own text: read → train → measure → save.</summary>
internal static class TrainCommand
{
    public static int Run(TrainSettings settings, ParseResult result) => TrainingRun.Guard("train", () => Train(settings, result));

    private static void Train(TrainSettings settings, ParseResult result)
    {
        MLContext ml = TrainingRun.Context(settings.Seed(result));
        FileInfo? model = result.GetValue(settings.Model), validation = settings.Validation(result);
        RnnLanguageModelOptions options = settings.Of(result);
        WritableFile.Expect(model);
        IDataView text = TextFiles.Read(ml, result.GetRequiredValue(settings.Text), options.Unit);
        IDataView? held = validation is null ? null : TextFiles.Read(ml, validation, options.Unit);

        Trained<RnnLanguageModelTransformer> trained = TrainingView.Run(progress => Fit(ml, options, text, held, progress), EpochLine);
        if (model is not null) ml.Model.Save(trained.Model, text.Schema, model.FullName);
        Console.WriteLine(trained.Model);
        Console.WriteLine($"Measured on {validation?.ToString() ?? "the last part of the text"}, which also chose the best epoch:");
        double nats = NatsPerSymbol(trained);
        TrainingRun.Print("ValidationNatsPerSymbol", nats, "F4");
        TrainingRun.Print("BitsPerSymbol", nats / Math.Log(2), "F4");
        TrainingRun.Print("Perplexity", Math.Exp(nats), "F4");
        TrainingRun.Print("TrainSeconds", trained.Seconds, "F1");
        TrainingRun.Print("TrainSymbolsPerSecond", trained.TokensPerSecond, "F0");
    }

    /// <summary>Trains a model.</summary>
    public static RnnLanguageModelTransformer Fit(
        MLContext ml, RnnLanguageModelOptions options, IDataView text, IDataView? validation, IProgress<RnnTrainingProgress> progress) =>
        ml.Transforms.Text.RnnLanguageModel(options with { Training = options.Training with { ValidationSet = validation, Progress = progress } }).Fit(text);

    /// <summary>Returns the loss of the validation text in the best epoch; NaN without validation text.</summary>
    public static double NatsPerSymbol(Trained<RnnLanguageModelTransformer> trained) =>
        trained.Epochs.LastOrDefault(epoch => epoch.IsBest)?.ValidationLoss ?? double.NaN;

    /// <summary>Returns the line of an epoch.</summary>
    public static string EpochLine(RnnTrainingProgress p) =>
        $"epoch {p.Epoch,2}  loss {p.Loss:F4}  validation {p.ValidationLoss:F4} nats per symbol  gradient norm {p.GradientNorm:F2}"
            + $"{(p.IsBest ? "  best" : "")}";
}
