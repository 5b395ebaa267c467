using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Images.Tests;

/// <summary>The vector equals that of ML.NET's own chain on the same picture.</summary>
public class MLNetEqualityTests : ImageCase
{
    [Theory]
    [InlineData("wide.png", 320, 240)]
    [InlineData("high.jpg", 150, 400)]
    [InlineData("exact.png", 224, 224)]
    [InlineData("small.png", 3, 2)]
    public void The_vector_equals_that_of_DnnFeaturizeImage(string name, int width, int height)
    {
        using var folder = new TemporaryFolder();
        Pictures.Draw(width, height).Save(folder.File(name));
        IDataView paths = Paths(name);
        var chain = _ml.Transforms.LoadImages("Image", folder.FullName, "Path")
            .Append(_ml.Transforms.RnnImageFeatures())
            .Append(_ml.Transforms.ResizeImages("Resized", 224, 224, "Image"))
            .Append(_ml.Transforms.ExtractPixels("Pixels", "Resized"))
            .Append(_ml.Transforms.DnnFeaturizeImage("Theirs", input => input.ModelSelector.ResNet18(_ml, input.OutputColumn, input.InputColumn), "Pixels"))
            .Append(_ml.Transforms.RnnImageFeatures("FromPixels", null, "Pixels"));
        IDataView scored = chain.Fit(paths).Transform(paths);
        float[][] theirs = [.. scored.GetColumn<float[]>("Theirs")];
        Assert.Contains(theirs[0], number => number > 0.5);
        Rows.AssertClose(theirs, [.. scored.GetColumn<float[]>(Vector)]);
        Rows.AssertClose(theirs, [.. scored.GetColumn<float[]>("FromPixels")]);
    }

    [Fact]
    public void The_vector_is_the_mean_of_the_regions()
    {
        IDataView rows = Images(Pictures.Draw());
        float[] vector = Features(rows)[0], grid = Features(rows, Grid)[0];
        const int Size = RnnImageFeaturesTransformer.RegionSize, Count = RnnImageFeaturesTransformer.RegionCount;
        Assert.Equal(Size, vector.Length);
        Assert.Equal(Size * Count, grid.Length);
        for (int channel = 0; channel < Size; channel++)
            Assert.Equal(Enumerable.Range(0, Count).Average(region => grid[region * Size + channel]), vector[channel], 1e-4);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 6)]
    [InlineData(6, 0)]
    [InlineData(4, 2)]
    public void The_regions_are_in_rows_from_the_top_left(int row, int column)
    {
        var random = new Random(1);
        MLImage empty = Pictures.Fill(224, 224, 0, 0, 0);
        MLImage patch = Pictures.Draw(224, 224, (x, y) => y / 32 == row && x / 32 == column
            ? ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), (byte)255)
            : ((byte)0, (byte)0, (byte)0, (byte)255));
        float[][] grids = Features(Images(empty, patch), Grid);
        int changed = Enumerable.Range(0, RnnImageFeaturesTransformer.RegionCount).MaxBy(region => Distance(grids[0], grids[1], region));
        Assert.Equal((row, column), (changed / 7, changed % 7));

        static double Distance(float[] a, float[] b, int region)
        {
            const int Size = RnnImageFeaturesTransformer.RegionSize;
            return Enumerable.Range(region * Size, Size).Sum(i => Math.Pow(a[i] - b[i], 2));
        }
    }
}
