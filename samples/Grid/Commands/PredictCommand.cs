using System.CommandLine;

namespace MlNetRnn.Samples.Grid;

/// <summary>Loads a model and classifies image files, which are resized if the model was trained on images of one size.</summary>
internal static class PredictCommand
{
    /// <summary>The number of images that are in memory together.</summary>
    private const int Block = 64;

    public static int Run(PredictImageSettings settings, ParseResult result)
    {
        if (ImageClassifier.Load(result.GetRequiredValue(settings.Model)) is not { } model) return 1;
        int refused = 0;
        int exitCode = TrainingRun.Guard("predict", () =>
        {
            foreach (string[] paths in settings.Images(result).Chunk(Block))
            {
                (string Path, GrayImage? Image)[] read = [.. paths.Select(path => (path, ImageSets.Read(path, model.Size, "", "predict")))];
                (string Path, GrayImage Image)[] usable = [.. read.Where(file => file.Image is not null).Select(file => (file.Path, file.Image!))];
                refused += read.Length - usable.Length;
                if (usable.Length == 0) continue;
                GrayImage[] images = [.. usable.Select(file => settings.IsInverted(result) ? file.Image.Inverted() : file.Image)];
                foreach (((string path, _), (string label, float probability)) in usable.Zip(model.Predict(images)))
                    Console.WriteLine($"{path}\t{OneLine.Of(label)}\t{TrainingRun.Number(probability, "F3")}");
            }
        });
        return exitCode != 0 || refused == 0 ? exitCode : 1;
    }
}
