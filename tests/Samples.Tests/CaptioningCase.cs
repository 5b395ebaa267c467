using Microsoft.ML.Data;
using MlNetRnn.Samples.Captioning;

namespace MlNetRnn.Samples.Tests;

/// <summary>A folder of drawn images with captions and boxes, and the command lines of the sample of captioning.</summary>
public abstract class CaptioningCase : IDisposable
{
    private protected const string Sample = "Captioning";

    private protected static readonly string[] Names = ["Bleu4", "Bleu1", "Cider", "RougeL", "TrainSeconds", "TrainTokensPerSecond", "CaptionsPerSecond"];

    private protected readonly TemporaryFolder _folder = new();

    protected CaptioningCase() => Directory.CreateDirectory(Images);

    private protected string Images => _folder.File("images");

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Draws images into the folder, and returns the paths of the files with their captions and boxes.</summary>
    private protected (string Captions, string Boxes) Draw(int count)
    {
        var captions = new List<string>();
        var boxes = new List<string> { "file\tcategory\tx\ty\twidth\theight" };
        foreach ((int i, Scene scene) in Scene.Draw(count, seed: 5).Index())
        {
            string name = $"{i}.png";
            using (MLImage image = scene.ToImage()) image.Save(Path.Combine(Images, name));
            captions.AddRange(scene.Captions.Select(caption => $"{name}\t{caption}"));
            boxes.AddRange(new[] { scene.First, scene.Second }.Select(
                thing => $"{name}\t{thing.Shape}\t{thing.X - thing.Radius}\t{thing.Y - thing.Radius}\t{2 * thing.Radius}\t{2 * thing.Radius}"));
        }
        return (Write("captions.tsv", captions), Write("boxes.tsv", boxes));
    }

    private protected string Write(string name, IEnumerable<string> lines)
    {
        File.WriteAllLines(_folder.File(name), lines);
        return _folder.File(name);
    }

    private protected string[] Train(string captions, params string[] more) =>
        ["train", "--images", Images, "--captions", captions, "--hidden", "16", "--batch", "8", "--threads", "1", "--epochs", "1", .. more];

    private protected static Task<(int ExitCode, string Output, string Errors)> Run(params string[] arguments) => SampleProcess.Run(Sample, [], arguments);

    private protected static string[] Lines(string output) => output.TrimEnd().ReplaceLineEndings("\n").Split('\n');
}
