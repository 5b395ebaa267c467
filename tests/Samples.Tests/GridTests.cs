using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using MlNetRnn.Samples.Grid;
using SkiaSharp;

namespace MlNetRnn.Samples.Tests;

/// <summary>The sample of grids: its commands on small images of outlines.</summary>
public sealed class GridTests : IDisposable
{
    private static readonly string[] Names = ["MicroAccuracy", "TrainSeconds", "TrainImagesPerSecond", "ScoreImagesPerSecond"];
    private static readonly string[] Small = ["--hidden", "4", "--threads", "1", "--epochs", "1"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--cell", "stablelstm", "--directions", "2", "--patch", "4x3")]
    [InlineData("--layer", "renet", "--layers", "1")]
    public async Task A_model_is_trained_on_IDX_files_and_classifies_image_files_of_any_size(params string[] options)
    {
        (string images, string labels) = WriteIdx("train", 30, isCompressed: false);
        (string testImages, string testLabels) = WriteIdx("test", 10, isCompressed: true);
        string model = _folder.File("m.zip");
        (int exitCode, string output, string errors) = await Run([
            "train", "--images", images, "--labels", labels, "--test-images", testImages, "--test-labels", testLabels, "--model", model, .. Small, .. options]);
        Assert.Equal((0, ""), (exitCode, errors));
        AssertFigures(output);
        Assert.Contains("Trained on 30 images, measured on 10 others", output);

        string[] files = [WritePng("a.png", 20, 30), WritePng("b.png", 24, 24)];
        string text = _folder.File("text.png");
        File.WriteAllText(text, "text");
        (exitCode, output, errors) = await Run("predict", "--model", model, files[0], text, files[1]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"predict: {text}: expected an image", errors);
        Assert.Equal(files, Lines(output).Select(line => line.Split('\t')[0]));
        Assert.All(Lines(output), line => Assert.Contains(line.Split('\t')[1], "012"));
        // Skia would read a file of labels as an image in the format WBMP.
        Assert.Contains($"predict: {labels}: expected an image", (await Run("predict", "--model", model, labels)).Errors);
        (_, string inverted, _) = await Run("predict", "--model", model, "--invert", files[1]);
        Assert.NotEqual(Lines(output)[1], Lines(inverted)[0]);
    }

    [Fact]
    public async Task A_folder_of_images_of_different_sizes_is_read_with_a_class_for_each_subfolder()
    {
        foreach ((string label, int i) in new[] { "dark", "light" }.SelectMany(label => Enumerable.Range(0, 12).Select(i => (label, i))))
        {
            Directory.CreateDirectory(Path.Combine(_folder.File("images"), label));
            WritePng(Path.Combine("images", label, $"{i}.png"), 8 + i, 10, label == "dark" ? (byte)20 : (byte)220);
        }
        File.WriteAllText(Path.Combine(_folder.File("images"), "dark", "broken.png"), "text");
        string model = _folder.File("m.zip");
        (int exitCode, string output, string errors) = await Run([
            "train", "--folder", _folder.File("images"), "--model", model, "--hidden", "4", "--threads", "1", "--epochs", "20"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("broken.png: expected an image", errors);
        AssertFigures(output);
        (_, output, _) = await Run("predict", "--model", model, WritePng("big.png", 30, 25, 20), WritePng("small.png", 5, 4, 220));
        Assert.Equal(["dark", "light"], Lines(output).Select(line => line.Split('\t')[1]));

        (exitCode, output, _) = await Run(["train", "--folder", _folder.File("images"), "--size", "9x7", "--model", model, .. Small]);
        Assert.Equal(0, exitCode);
        AssertFigures(output);
    }

    [Fact]
    public async Task Wrong_files_and_options_get_one_line()
    {
        (string images, string labels) = WriteIdx("train", 30, isCompressed: false);
        (_, string fewLabels) = WriteIdx("few", 5, isCompressed: false);
        string cut = Write("cut", File.ReadAllBytes(images)[..^1]), text = Write("text", "not an IDX file"u8.ToArray());
        await AssertRefused("expected both, got one of them", "--images", images);
        await AssertRefused("expected --images and --labels, or --folder");
        await AssertRefused("there is no such file", "--images", images + "x", "--labels", labels);
        await AssertRefused("expected 3 dimensions (images), got 1", "--images", labels, "--labels", labels);
        await AssertRefused("expected 30 labels", "--images", images, "--labels", fewLabels);
        await AssertRefused("The file is damaged", "--images", cut, "--labels", labels);
        await AssertRefused("expected a file in the IDX format", "--images", text, "--labels", labels);
        await AssertRefused("expected height and width as in 32x32, got '2'", "--images", images, "--labels", labels, "--patch", "2");
        await AssertRefused("Directions: expected 1, 2 or 4, got 3", "--images", images, "--labels", labels, "--directions", "3");
        await AssertRefused("there is no such folder", "--folder", _folder.File("none"));
        Directory.CreateDirectory(_folder.File("empty"));
        await AssertRefused("got no image", "--folder", _folder.File("empty"));

        async Task AssertRefused(string named, params string[] options)
        {
            (int exitCode, _, string errors) = await Run(["train", .. options]);
            Assert.Equal(1, exitCode);
            Assert.Contains(named, errors);
            Assert.Single(Lines(errors));
        }
    }

    private static void AssertFigures(string output)
    {
        string[] last = Lines(output)[^Names.Length..];
        Assert.Equal(Names, last.Select(line => line.Split(": ")[0]));
        Assert.All(last, line => Assert.True(double.Parse(line.Split(": ")[1], CultureInfo.InvariantCulture) >= 0));
    }

    private static Task<(int ExitCode, string Output, string Errors)> Run(params string[] arguments) => SampleProcess.Run("Grid", [], arguments);

    private static string[] Lines(string output) => output.TrimEnd().ReplaceLineEndings("\n").Split('\n');

    /// <summary>Writes images of outlines and their labels as IDX files.</summary>
    private (string Images, string Labels) WriteIdx(string name, int count, bool isCompressed)
    {
        ShapeImage[] drawn = ShapeImage.Draw(count, shapes: 1, seed: 6);
        byte[] pixels = [.. drawn.SelectMany(image => image.Pixels).Select(pixel => (byte)pixel)];
        byte[] labels = [.. drawn.Select(image => (byte)Array.IndexOf(Outline.Kinds, image.Label))];
        return (
            Write(name + "-images", Compressed(Header(3, count, ShapeImage.Side, ShapeImage.Side).Concat(pixels).ToArray(), isCompressed)),
            Write(name + "-labels", Compressed(Header(1, count).Concat(labels).ToArray(), isCompressed)));
    }

    private static byte[] Header(byte dimensions, params int[] sizes)
    {
        byte[] header = [0, 0, 8, dimensions, .. new byte[4 * sizes.Length]];
        for (int i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        return header;
    }

    private static byte[] Compressed(byte[] content, bool isCompressed)
    {
        if (!isCompressed) return content;
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest)) zip.Write(content);
        return memory.ToArray();
    }

    private string Write(string name, byte[] content)
    {
        File.WriteAllBytes(_folder.File(name), content);
        return _folder.File(name);
    }

    private string WritePng(string name, int width, int height, byte light = 200)
    {
        using var image = new SKBitmap(width, height);
        image.Erase(new SKColor(light, light, light));
        for (int i = 0; i < Math.Min(width, height); i++) image.SetPixel(i, i, SKColors.Black);
        using FileStream file = File.Create(_folder.File(name));
        image.Encode(file, SKEncodedImageFormat.Png, quality: 100);
        return _folder.File(name);
    }
}
