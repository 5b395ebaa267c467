using Microsoft.ML;
using MlNetRnn.Samples.Tags;
using Spectre.Console;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>The complete workflow for words and for frames: data → training → evaluation → saved model → fresh process → the same tags.</summary>
internal static class FirstRun
{
    public static int Run(DirectoryInfo output)
    {
        output.Create();
        var ml = new MLContext(seed: 1);
        bool areEqual = WordTaggers.Show(ml, output) & SoundTagger.Show(ml, output);
        Console.WriteLine($"Written to {output.FullName}:\n  parts-of-speech.zip, entities.zip and sounds.zip, "
            + "each with its ONNX graph; learning-curves.png, sounds.png");
        return areEqual ? 0 : 1;
    }

    /// <summary>Saves a model, predicts with it in a fresh process, and compares the predictions with those of this process.</summary>
    /// <param name="tagger">The model.</param>
    /// <param name="file">The file for the model.</param>
    /// <param name="lines">The input of `predict`.</param>
    /// <param name="expected">The predictions of the model in this process.</param>
    public static bool SaveAndAskFreshProcess(Tagger tagger, string file, IReadOnlyList<string> lines, IReadOnlyList<string> expected)
    {
        tagger.Save(file);
        tagger.Rnn.SaveAsOnnx(Path.ChangeExtension(file, ".onnx"));
        (int exitCode, string[] answers) = FreshProcess.Predict(file, lines);
        bool areEqual = exitCode == 0 && answers.SequenceEqual(expected);
        AnsiConsole.MarkupLine($"A fresh process loads {Path.GetFileName(file)} and predicts {(areEqual ? "[green]the same tags" : "[red]other tags")}[/] "
            + $"{(areEqual ? "as" : "than")} the model in this process:");
        return areEqual;
    }
}
