using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Images.Tests;

/// <summary>Images of every size and form, and rows without an image.</summary>
public class UnusualImageTests : ImageCase
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3000)]
    [InlineData(3000, 1)]
    [InlineData(224, 224)]
    public void Images_of_any_size_have_features(int width, int height)
    {
        foreach (var resizing in Enum.GetValues<Microsoft.ML.Transforms.Image.ImageResizingEstimator.ResizingKind>())
        {
            RnnImageFeaturesEstimator features = _ml.Transforms.RnnImageFeatures(new RnnImageFeaturesOptions { Resizing = resizing });
            Assert.All(Features(Images(Pictures.Fill(width, height, 200, 100, 50)), features)[0], number => Assert.InRange(number, 0, 1000));
        }
    }

    [Fact]
    public void Gray_palette_and_transparent_files_equal_the_same_picture_in_colors()
    {
        byte[] palette = [10, 20, 30, 200, 100, 50];
        byte[] gray = PictureFile.Png(0, 60, 40, (x, y) => [(byte)(x * 4)]);
        byte[] indexed = PictureFile.Png(3, 60, 40, (x, y) => [(byte)(x / 8 % 2)], palette);
        byte[] transparent = PictureFile.Png(6, 60, 40, (x, y) => [200, 100, 50, (byte)(x < 30 ? 255 : 0)]);
        MLImage[] expected =
        [
            Pictures.Draw(60, 40, (x, y) => ((byte)(x * 4), (byte)(x * 4), (byte)(x * 4), 255)),
            Pictures.Draw(60, 40, (x, y) => x / 8 % 2 == 0 ? ((byte)10, (byte)20, (byte)30, (byte)255) : ((byte)200, (byte)100, (byte)50, (byte)255)),
            Pictures.Draw(60, 40, (x, y) => x < 30 ? ((byte)200, (byte)100, (byte)50, (byte)255) : ((byte)0, (byte)0, (byte)0, (byte)255)),
        ];
        Rows.AssertClose(Features(Images(expected)), FeaturesOfFiles(gray, indexed, transparent), 1e-3);
    }

    [Fact]
    public void An_image_of_printing_inks_becomes_red_green_and_blue()
    {
        byte[] magenta = PictureFile.CmykJpeg(228, 28, 228, 228);
        MLImage read = MLImage.CreateFromStream(new MemoryStream(magenta));
        byte[] bgra = [.. read.Pixels[..4].ToArray()];
        (byte red, byte green, byte blue) = read.PixelFormat == MLPixelFormat.Bgra32 ? (bgra[2], bgra[1], bgra[0]) : (bgra[0], bgra[1], bgra[2]);
        Assert.InRange(red, 190, 215);
        Assert.InRange(green, 15, 35);
        Rows.AssertClose(Features(Images(Pictures.Fill(8, 8, red, green, blue))), FeaturesOfFiles(magenta), 1e-3);
    }

    /// <summary>30 megapixels have 120 MB. Only one image is in memory, as the source returns it.</summary>
    [Fact]
    public void Large_images_are_read_one_by_one()
    {
        MLImage large = Pictures.Fill(6000, 5000, 10, 200, 30);
        IDataView rows = Images(large, large, large);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        float[][] features = Features(rows);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: false) - before, 0, 60_000_000);
        Assert.Equal(Features(Pixels(PixelsOf(large))), features[..1]);
    }

    [Fact]
    public void A_row_without_an_image_throws_when_it_is_read_and_the_others_do_not()
    {
        IDataView rows = Images(Pictures.Draw(), null, Pictures.Draw());
        IDataView scored = _ml.Transforms.RnnImageFeatures().Fit(rows).Transform(rows);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema[Vector]]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(scored.Schema[Vector]);
        VBuffer<float> vector = default;
        Assert.True(cursor.MoveNext());
        get(ref vector);
        Assert.True(cursor.MoveNext());
        AssertThrows.With<InvalidOperationException>(() => get(ref vector), "Image column 'Image', row 1: expected an image, got none. ", "give a path");
        Assert.True(cursor.MoveNext());
        get(ref vector);
        Assert.Equal(512, vector.Length);
    }

    /// <summary>For a row without an image, ML.NET's ResizeImages returns the image of the row before, disposed.</summary>
    [Fact]
    public void An_empty_path_has_no_image_even_after_ResizeImages()
    {
        using var folder = new TemporaryFolder();
        Pictures.Draw().Save(folder.File("a.png"));
        IDataView paths = Paths("a.png", "");
        var chain = _ml.Transforms.LoadImages("Image", folder.FullName, "Path").Append(_ml.Transforms.ResizeImages("Image", 224, 224))
            .Append(_ml.Transforms.RnnImageFeatures());
        IDataView scored = chain.Fit(paths).Transform(paths);
        AssertThrows.With<InvalidOperationException>(() => Rows.Of(scored, Vector), "Image column 'Image', row 1: expected an image, got none.");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(255.5f)]
    public void Pixels_out_of_range_are_refused_with_column_row_and_index(float wrong)
    {
        float[] good = PixelsOf(Pictures.Draw()), bad = [.. good];
        bad[1000] = wrong;
        IDataView rows = Pixels(good, bad);
        IDataView scored = _ml.Transforms.RnnImageFeatures().Fit(rows).Transform(rows);
        string got = FormattableString.Invariant($"got {wrong} at index 1000.");
        AssertThrows.With<InvalidOperationException>(
            () => Rows.Of(scored, Vector), "Image column 'Image', row 1: expected numbers from 0 to 255, ", got, "ExtractPixels");
    }

    [Fact]
    public void A_vector_of_another_size_is_refused()
    {
        IDataView rows = _ml.LoadRows(new Numbers { Image = new float[12] });
        IDataView scored = _ml.Transforms.RnnImageFeatures().Fit(rows).Transform(rows);
        AssertThrows.With<InvalidOperationException>(() => Rows.Of(scored, Vector), "row 0: expected 3 × 224 × 224 numbers, got 12.");
    }

    private float[][] FeaturesOfFiles(params byte[][] files)
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < files.Length; i++) File.WriteAllBytes(folder.File($"{i}"), files[i]);
        IDataView paths = Paths([.. Enumerable.Range(0, files.Length).Select(i => $"{i}")]);
        IDataView images = _ml.Transforms.LoadImages("Image", folder.FullName, "Path").Fit(paths).Transform(paths);
        return Features(images);
    }

    private sealed class Numbers
    {
        public float[] Image { get; set; } = [];
    }
}
