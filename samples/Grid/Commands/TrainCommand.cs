using System.CommandLine;
using System.Diagnostics;
using Microsoft.ML;

namespace MlNetRnn.Samples.Grid;

/// <summary>Trains on the user's own images: read → train → measure → save.</summary>
internal static class TrainCommand
{
    public static int Run(TrainSettings settings, ParseResult result) => TrainingRun.Guard("train", () => Train(settings, result));

    private static void Train(TrainSettings settings, ParseResult result)
    {
        MLContext ml = TrainingRun.Context(settings.Seed(result));
        FileInfo? file = result.GetValue(settings.Model);
        RnnGridClassificationOptions options = settings.Of(result);
        WritableFile.Expect(file);
        (GrayImage[] images, GrayImage[]? test) = settings.Images(result);
        // As with tables: without test images, a tenth is held out, which the training does not see.
        if (test is null) (images, test) = HoldOut(images, settings.Seed(result));

        (int, int)? size = ImageRow.CommonSize([.. images, .. test]);
        Trained<ImageClassifier> trained = TrainingView.Run(progress => ImageClassifier.Fit(ml, options, images, size, progress));
        if (file is not null) trained.Model.Save(file.FullName);
        Console.WriteLine(trained.Model.Network);
        Console.WriteLine($"Trained on {images.Length} images, measured on {test.Length} others:");
        var watch = Stopwatch.StartNew();
        double accuracy = trained.Model.Accuracy(test);
        double seconds = watch.Elapsed.TotalSeconds;
        TrainingRun.Print("MicroAccuracy", accuracy, "F4");
        TrainingRun.Print("TrainSeconds", trained.Seconds, "F1");
        TrainingRun.Print("TrainImagesPerSecond", trained.TokensPerSecond / images.Average(image => (double)image.Pixels.Length), "F1");
        TrainingRun.Print("ScoreImagesPerSecond", test.Length / seconds, "F1");
    }

    private static (GrayImage[] Train, GrayImage[] Test) HoldOut(GrayImage[] images, int seed)
    {
        const int LeastImages = 20;
        if (images.Length < LeastImages) throw new FileException($"expected at least {LeastImages} images, of which a tenth is held out, got {images.Length}.");
        GrayImage[] shuffled = [.. images];
        new Random(seed).Shuffle(shuffled);
        int held = images.Length / 10;
        return (shuffled[held..], shuffled[..held]);
    }
}
