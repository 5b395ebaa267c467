using System.CommandLine;
using Microsoft.ML;

namespace MlNetRnn.Samples.Captioning;

/// <summary>Trains on the user's own images: read → train → measure → save.</summary>
internal static class TrainCommand
{
    public static int Run(TrainSettings settings, ParseResult result) => TrainingRun.Guard("train", () => Train(settings, result));

    private static void Train(TrainSettings settings, ParseResult result)
    {
        MLContext ml = TrainingRun.Context(settings.Seed(result));
        FileInfo? file = result.GetValue(settings.Model);
        RnnCaptioningOptions options = settings.Of(result);
        WritableFile.Expect(file);
        RegionReading reading = settings.Reading(result);
        CaptionData data = settings.Files.Read(ml, reading, result);

        Trained<RnnCaptioningTransformer> trained = TrainingView.Run(
            progress => CaptionTraining.Fit(ml, options, data.Train, data.Validation, progress), EpochLine);
        if (file is not null) SavedCaptioningModel.Save(ml, reading, trained.Model, file.FullName);
        Console.WriteLine(trained.Model);
        Console.WriteLine($"Measured on {data.MeasuredOn}:");
        CaptionMeasures measures = CaptionMeasures.Of(ml, trained.Model, data.Test);
        TrainingRun.Print("Bleu4", measures.Metrics.Bleu4, "F4");
        TrainingRun.Print("Bleu1", measures.Metrics.Bleu1, "F4");
        TrainingRun.Print("Cider", measures.Metrics.CiderD, "F4");
        TrainingRun.Print("RougeL", measures.Metrics.RougeL, "F4");
        TrainingRun.Print("TrainSeconds", trained.Seconds, "F1");
        TrainingRun.Print("TrainTokensPerSecond", trained.TokensPerSecond, "F0");
        TrainingRun.Print("CaptionsPerSecond", measures.PerSecond, "F1");
    }

    private static string EpochLine(RnnTrainingProgress p) =>
        $"epoch {p.Epoch,2}  loss {p.Loss:F3}  validation {p.ValidationLoss:F3} nats per symbol  {p.MetricName} {p.ValidationMetric:F2}  gradient norm "
            + $"{p.GradientNorm:F2}{(p.IsBest ? "  best" : "")}";
}
