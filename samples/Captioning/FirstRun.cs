using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

namespace MlNetRnn.Samples.Captioning;

/// <summary>The complete workflow on scenes that the program draws: features, four ways of attention, pictures, saved model, fresh process.</summary>
internal static class FirstRun
{
    private const string ModelName = "grid.zip";
    private const int Captioned = 4, Pictured = 2;

    public static int Run(DirectoryInfo output)
    {
        output.Create();
        MLContext ml = TrainingRun.Context(1);
        AnsiConsole.MarkupLine("[bold]Where is what?[/] Scenes of two colored shapes, each with a caption from the view of either shape");
        var watch = Stopwatch.StartNew();
        SceneImages train = SceneImages.Draw(ml, 600, seed: 1), validation = SceneImages.Draw(ml, 100, seed: 2), test = SceneImages.Draw(ml, 100, seed: 4);
        Console.WriteLine($"The features of 800 scenes (ResNet-18) took {watch.Elapsed.TotalSeconds:F0} s.\n");

        var comparison = new ReadingComparison(ml, train, validation, test);
        AnsiConsole.MarkupLine("[bold]Four ways to read an image[/]: the same network trained on 600 scenes, measured on 100 others");
        AnsiConsole.Write(comparison.Run());

        string[] files = [.. Enumerable.Range(1, Captioned).Select(i => $"scene-{i}.png")];
        for (int i = 0; i < Captioned; i++)
        {
            using MLImage image = test.Scenes[i].ToImage();
            image.Save(Path.Combine(output.FullName, files[i]));
        }
        SavedCaptioningModel.Save(ml, RegionReading.Grid, comparison.Models[RegionReading.Grid], Path.Combine(output.FullName, ModelName));
        string[] pictures = [.. comparison.DrawAttention(Pictured, Path.Combine(output.FullName, files[Pictured]), output)];
        Console.WriteLine($"Written to {output.FullName}:\n  {ModelName}, {string.Join(", ", [.. pictures, .. files])}\n");

        AnsiConsole.MarkupLine($"[bold]A fresh process loads {ModelName} and captions image files[/]");
        (int exitCode, string text) = FreshProcess.Run(
            ["caption", "--model", Path.Combine(output.FullName, ModelName), .. files.Select(file => Path.Combine(output.FullName, file))]);
        foreach ((string line, Scene scene) in text.TrimEnd().ReplaceLineEndings("\n").Split('\n').Zip(test.Scenes))
        {
            string caption = line.Split('\t')[^1], expected = scene.Captions.Contains(caption) ? "" : $"   (expected: {string.Join(", or ", scene.Captions)})";
            Console.WriteLine($"  {Path.GetFileName(line.Split('\t')[0])}  {caption}{expected}");
        }
        return exitCode;
    }
}
