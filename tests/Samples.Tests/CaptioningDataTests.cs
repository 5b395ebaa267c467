using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Captioning;
using MlNetRnn.Samples.Captions;
using SkiaSharp;

namespace MlNetRnn.Samples.Tests;

/// <summary>The scenes, files and pictures of the sample of captioning.</summary>
public sealed class CaptioningDataTests : CaptioningCase
{
    private const string Thing = "(red|green|blue) (circle|square|triangle)";

    [Fact]
    public void Scenes_have_a_caption_from_the_view_of_each_shape()
    {
        Scene[] scenes = Scene.Draw(200, 1);
        Assert.Equal(scenes, Scene.Draw(200, 1));
        Assert.All(scenes, scene =>
        {
            Assert.Matches($"^a {Thing} (left of|right of|above|below) a {Thing}$", scene.Captions[0]);
            Assert.StartsWith(scene.Second.Words, scene.Captions[1]);
            Assert.EndsWith(scene.First.Words, scene.Captions[1]);
            Assert.Equal(scene.Captions[0].Contains("left of"), scene.Captions[1].Contains("right of"));
            Assert.Equal(scene.Captions[0].Contains("above"), scene.Captions[1].Contains("below"));
            Assert.Equal(scene.Relation == "left of", scene.First.X + 60 < scene.Second.X);
            Assert.Equal(scene.Relation == "below", scene.First.Y > scene.Second.Y + 60);
            Assert.All(new[] { scene.First, scene.Second }, thing => Assert.True(
                thing.X - thing.Radius >= 0 && thing.Y - thing.Radius >= 0 && thing.X + thing.Radius <= Scene.Side && thing.Y + thing.Radius <= Scene.Side));
        });
        Assert.Equal(4, scenes.Select(scene => scene.Relation).Distinct().Count());
    }

    [Fact]
    public void The_vector_of_a_box_is_the_mean_of_the_cells_under_it()
    {
        const int size = RnnImageFeaturesTransformer.RegionSize;
        float[] grid = [.. Enumerable.Range(0, 49).SelectMany(cell => Enumerable.Repeat((float)cell, size))];
        // All cells; the first one; half of the first and half of the second one; a box without an extent in the last cell.
        float[] boxes = [0, 0, 1, 1, 0, 0, 1 / 7f, 1 / 7f, 0.5f / 7, 0, 1 / 7f, 1 / 7f, 1, 1, 0, 0];
        float[] regions = RegionPooling.Pool(grid, boxes);
        Assert.Equal(4 * size, regions.Length);
        foreach ((int i, float expected) in new[] { 24, 0, 0.5f, 48 }.Index())
            Assert.All(regions.AsSpan(i * size, size).ToArray(), number => Assert.Equal(expected, number, 1e-3f));
    }

    [Fact]
    public void Boxes_are_shares_of_the_image_after_the_whole_image()
    {
        var boxes = new BoxFile(Write("boxes.tsv", ["a.jpg\tdog, small\t10\t20\t50\t40", "a.jpg\t-5\t0\t20\t500"]));
        float[] expected = [0, 0, 1, 1, 0.1f, 0.1f, 0.5f, 0.2f, 0, 0, 0.15f, 1];
        Assert.All(boxes.Of("a.jpg", 100, 200).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.Equal([0, 0, 1, 1], boxes.Of("b.jpg", 100, 200));
        foreach (string wrong in new[] { "a.jpg\t1\t2\t3", "a.jpg\t1\t2\t3\tx", "a.jpg\t1\t2\t-3\t4" })
        {
            string message = Assert.Throws<FormatException>(() => new BoxFile(Write("wrong.tsv", ["a.jpg\t1\t2\t3\t4", wrong]))).Message;
            Assert.StartsWith($"{_folder.File("wrong.tsv")}, line 2: expected the name of an image file, ", message);
        }
    }

    [Fact]
    public void Numbers_of_captions_belong_to_the_same_image()
    {
        var file = new CaptionFile(Write("captions.tsv", ["1.jpg#0\tA dog", "1.jpg#1\tTwo", "", "2.jpg\t "]));
        (string image, List<string> captions) = Assert.Single(file.Read(isLowerCase: true));
        Assert.Equal("1.jpg", image);
        Assert.Equal(["a dog", "two"], captions);
    }

    [Fact]
    public void A_truncated_image_an_empty_file_and_a_folder_are_refused()
    {
        Draw(1);
        string whole = Path.Combine(Images, "0.png"), half = _folder.File("half.png");
        File.WriteAllBytes(half, File.ReadAllBytes(whole)[..20_000]);
        using SKBitmap? image = ImageFile.Read(whole, out string fault);
        Assert.Equal((Scene.Side, ""), (image!.Width, fault));
        foreach ((string path, string expected) in new[]
        {
            (half, "expected a complete image, got one whose data ends early"), (Write("empty.png", []), "expected an image, got an empty file"),
            (Images, "expected an image, got a folder"),
        })
        {
            Assert.Null(ImageFile.Read(path, out fault));
            Assert.StartsWith(expected, fault);
        }
    }

    [Fact]
    public void The_picture_of_a_grid_is_bright_where_the_weight_is_great_and_that_of_boxes_has_lines()
    {
        var ml = new MLContext(1);
        float[] grid = [.. Enumerable.Range(0, 49 * 512).Select(i => i % 7f)];
        CaptionedImage[] images =
            [.. Enumerable.Range(0, 12).Select(i => new CaptionedImage($"{i}", [.. grid.Select(x => x * i)], [], ["a dog", "a dog runs"]))];
        var options = new RnnCaptioningOptions { Network = new() { HiddenSize = 8, RegionVectorSize = 8 }, Training = new() { MaxEpochs = 1 } };
        using var image = new SKBitmap(300, 200);
        foreach (RegionReading reading in new[] { RegionReading.Grid, RegionReading.Transformer })
        {
            RnnCaptioningTransformer model = CaptionTraining.Fit(ml, options.With(reading), images, images, new EndsOfEpochs());
            RnnCaption caption = ml.Rnn().CreateCaptioner(model).Score([images[0].Features], ["a dog runs"])[0];
            Assert.Equal(reading == RegionReading.Grid, RegionGrid.Is(caption.Boxes));
            using SKBitmap picture = AttentionPicture.Create(image, caption);
            // The image and three words, in one row.
            Assert.Equal((4 * 246 + 14, true), (picture.Width, picture.Height is > 200 and < 300));
            using SKBitmap empty = AttentionPicture.Create(image, ml.Rnn().CreateCaptioner(model).Score([images[0].Features], [""])[0]);
            Assert.Equal(246 + 14, empty.Width);
        }
    }
}
