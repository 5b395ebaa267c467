using System.Globalization;
using System.Text.RegularExpressions;
using MlNetRnn.Images.Tests;

namespace MlNetRnn.Samples.Tests;

/// <summary>The sample of captioning: its commands on a dozen small images.</summary>
public sealed class CaptioningTests : CaptioningCase
{
    [Theory]
    [InlineData("none")]
    [InlineData("grid")]
    [InlineData("proposals")]
    [InlineData("transformer")]
    public async Task A_model_is_trained_and_captions_files_with_pictures(string attention)
    {
        (string captions, string boxes) = Draw(12);
        string[] withBoxes = attention == "proposals" ? ["--boxes", boxes] : [];
        string model = _folder.File("m.zip"), pictures = _folder.File("pictures");
        (int exitCode, string output, string errors) = await Run([.. Train(captions, "--attention", attention, "--model", model), .. withBoxes]);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains($"{captions}: 12 images, 24 captions", output);
        string[] last = Lines(output)[^Names.Length..];
        Assert.Equal(Names, last.Select(line => line.Split(": ")[0]));
        Assert.All(last, line => double.Parse(line.Split(": ")[1], CultureInfo.InvariantCulture));

        string[] files = [Path.Combine(Images, "1.png"), Path.Combine(Images, "0.png")];
        string[] withPictures = attention == "none" ? [] : ["--attention", pictures];
        (exitCode, output, errors) = await Run(["caption", "--model", model, "--beam", "2", .. withBoxes, .. withPictures, .. files]);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(files, Lines(output).Select(line => line.Split('\t')[0]));
        if (attention != "none") Assert.Equal(["0.png", "1.png"], Directory.GetFiles(pictures).Select(Path.GetFileName).Order());
        else Assert.Contains("got one without", (await Run("caption", "--model", model, "--attention", pictures, files[0])).Errors);
    }

    [Fact]
    public async Task Everything_that_is_left_out_is_reported_and_features_are_cached()
    {
        (string captions, _) = Draw(13);
        File.WriteAllText(Path.Combine(Images, "3.png"), "not an image");
        File.Delete(Path.Combine(Images, "4.png"));
        File.WriteAllLines(captions, File.ReadAllLines(captions).Where(line => !line.StartsWith("5.png", StringComparison.Ordinal)));
        string cache = _folder.File("cache");
        (int exitCode, string output, string errors) = await Run(Train(captions, "--cache", cache, "--test-captions", captions));
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains($"warning: {Path.Combine(Images, "3.png")} is left out: expected an image (JPEG, PNG, GIF, BMP or WebP), got something else", output);
        Assert.Contains($"warning: {captions}: 2 captions of 1 image left out, because there is no such file in {Images}: 4.png", output);
        Assert.Contains($"warning: 1 image in {Images} without captions left out: 5.png", output);
        Assert.Contains($"{captions}: 10 images, 20 captions", output);
        Assert.Contains($"warning: {captions}: 9 images also used for training: ", output);
        Assert.Equal(10, Directory.GetFiles(cache, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_file_that_is_not_an_image_has_a_line_and_the_others_go_on()
    {
        (string captions, _) = Draw(10);
        string model = _folder.File("m.zip"), text = Write("text.jpg", ["text"]), missing = _folder.File("missing.png");
        Assert.Equal(0, (await Run(Train(captions, "--model", model))).ExitCode);
        string good = Path.Combine(Images, "0.png");
        string[] unusual =
        [
            Image("gray.png", PictureFile.Png(0, 60, 40, (x, _) => [(byte)(4 * x)])),
            Image("palette.png", PictureFile.Png(3, 60, 40, (x, _) => [(byte)(x / 8 % 2)], [10, 20, 30, 200, 100, 50])),
            Image("point.png", PictureFile.Png(6, 1, 1, (_, _) => [200, 100, 50, 255])),
            Image("inks.jpg", PictureFile.CmykJpeg(228, 28, 228, 228)),
        ];
        (int exitCode, string output, string errors) = await Run(["caption", "--model", model, text, good, missing, .. unusual]);
        Assert.Equal(1, exitCode);
        string lines = string.Concat(new[] { good }.Concat(unusual).Select(path => $"{Regex.Escape(path)}\t[^\n]*\n"));
        Assert.Matches($"^{lines}$", output.ReplaceLineEndings("\n"));
        Assert.Equal(
            [
                $"caption: {text}: expected an image (JPEG, PNG, GIF, BMP or WebP), got something else, or a damaged file",
                $"caption: {missing}: there is no such file",
            ],
            Lines(errors));
    }

    [Theory]
    [InlineData("a.png\tone\n", "", "--images: {0}: expected images, got an empty folder. Check the path.")]
    [InlineData("a.png\n", "x", "{1}, line 1: expected the name of an image file, a tab and a caption, got 1 column: 'a.png'. Separate name and caption by one "
        + "tab.")]
    [InlineData("", "x", "{1}: expected captions, got an empty file. Check the path.")]
    [InlineData("a.png\tone\n", "x", "{1}: expected captions of images in {0}, got none of an image that can be read (1 without a file, 0 unreadable). Check "
        + "--images.")]
    [InlineData("a.png\tone\n", "x --attention proposals", "--boxes: expected a file, because --attention proposals reads boxes, got none.")]
    [InlineData("a.png\tone\n", "x --beam 0", "--beam: expected 1 or more, got 0.")]
    [InlineData("a.png\tone\n", "x --minutes 0", "--minutes: expected more than 0, got 0.")]
    public async Task An_error_of_the_user_is_one_line(string captions, string options, string expected)
    {
        string file = _folder.File("captions.tsv");
        File.WriteAllText(file, captions);
        if (options.StartsWith('x')) File.WriteAllText(Path.Combine(Images, "other.txt"), "a file");
        (int exitCode, string output, string errors) = await Run(Train(file, options.TrimStart('x').Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        string message = Lines(errors)[^1];
        Assert.Equal((1, $"train: {string.Format(expected, Images, file)}"), (exitCode, message));
        Assert.DoesNotContain("Bleu4", output);
    }

    [Fact]
    public async Task A_file_that_is_not_a_captioning_model_is_refused_in_one_line()
    {
        string file = Write("m.zip", ["not a model, but long enough for one"]);
        (int exitCode, string output, string errors) = await Run("caption", "--model", file, "a.png");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith($"caption: '{file}' is not a model of this sample: ", Assert.Single(Lines(errors)));
    }

    private string Image(string name, byte[] content)
    {
        File.WriteAllBytes(_folder.File(name), content);
        return _folder.File(name);
    }
}
