using System.Diagnostics;
using Microsoft.ML;

namespace MlNetRnn.Samples.Captioning;

/// <summary>Computes the features of the images of the user once, before the training, and shows the progress.</summary>
/// <param name="ml">ML.NET.</param>
/// <param name="reading">How the model reads an image.</param>
/// <param name="cache">A folder for computed features; null for none.</param>
internal sealed class ImageFeatures(MLContext ml, RegionReading reading, string? cache)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly ImageSteps _steps = ImageSteps.Create(ml, reading, cache);

    /// <summary>Computes the features of images.</summary>
    public CaptionedImage[] Of(IReadOnlyList<UserImage> images)
    {
        Stopwatch watch = Stopwatch.StartNew(), silence = Stopwatch.StartNew();
        var done = new CaptionedImage[images.Count];
        int count = 0;
        foreach (float[] numbers in _steps.Read(images.Select(image => image.Row), CaptionTraining.ColumnOf(reading)))
        {
            UserImage image = images[count];
            done[count++] = new CaptionedImage(image.Name, numbers, image.Row.Boxes, image.Captions);
            if (silence.Elapsed < Pause) continue;
            Console.WriteLine(FormattableString.Invariant(
                $"features of {count:N0} of {images.Count:N0} images, {count / watch.Elapsed.TotalSeconds:N0} images per second"));
            silence.Restart();
        }
        return done;
    }
}
