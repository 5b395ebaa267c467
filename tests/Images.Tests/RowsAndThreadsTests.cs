using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Images.Tests;

/// <summary>The features of an image do not depend on other rows, on the number of threads, or on the way in which they are read.</summary>
public class RowsAndThreadsTests : ImageCase
{
    private readonly MLImage[] _images = [.. Enumerable.Range(0, 20).Select(i => Pictures.Draw(100 + i, 120, seed: i))];

    [Fact]
    public void C09_C11_A_row_alone_equals_the_same_row_in_a_block_and_in_a_prediction_engine()
    {
        RnnImageFeaturesTransformer model = _ml.Transforms.RnnImageFeatures().Fit(Images(_images));
        float[][] together = [.. model.Transform(Images(_images)).GetColumn<float[]>(Vector)];
        float[][] alone = [.. _images.Select(image => model.Transform(Images(image)).GetColumn<float[]>(Vector).Single())];
        using PredictionEngine<ImageLine, Prediction> engine = _ml.Model.CreatePredictionEngine<ImageLine, Prediction>(model);
        float[][] one = [.. _images.Select(image => engine.Predict(new ImageLine { Image = image }).ImageVector)];
        Assert.Equal(together, alone);
        Assert.Equal(together, one);
    }

    [Fact]
    public void C12_C13_Parallel_cursors_and_threads_return_the_same_rows()
    {
        IDataView scored = _ml.Transforms.RnnImageFeatures(gridColumnName: null).Fit(Images(_images)).Transform(Images(_images));
        string[] expected = Rows.Of(scored, Vector);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet([scored.Schema[Vector]], 4);
        string[][] parts = [.. cursors.AsParallel().Select(cursor => Rows.Of(cursor, Vector))];
        Assert.Equal(expected.Order(), parts.SelectMany(part => part).Order());
        Parallel.For(0, 4, _ => Assert.Equal(expected, Rows.Of(scored, Vector)));
    }

    [Fact]
    public void C10_Images_are_read_only_if_features_are_read()
    {
        var source = new CountingView(Images(_images));
        IDataView scored = _ml.Transforms.RnnImageFeatures().Fit(source).Transform(source);
        Assert.Equal(_images.Length, scored.GetColumn<float>("Number").Count());
        Assert.Equal(["Number"], source.ActiveColumns);
    }

    /// <summary>A getter of ML.NET disposes the image that it replaces. Rows that a user has read keep their images.</summary>
    [Fact]
    public void Images_of_rows_that_were_read_are_not_disposed()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 3; i++) _images[i].Save(folder.File($"{i}.png"));
        IDataView paths = Paths([.. Enumerable.Range(0, 30).Select(i => $"{i % 3}.png")]);
        var chain = _ml.Transforms.LoadImages("Image", folder.FullName, "Path").Append(_ml.Transforms.RnnImageFeatures(gridColumnName: null));
        IDataView scored = chain.Fit(paths).Transform(paths);
        var read = new List<MLImage>();
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Image"], scored.Schema[Vector]]);
        ValueGetter<MLImage> get = cursor.GetGetter<MLImage>(scored.Schema["Image"]);
        while (cursor.MoveNext())
        {
            MLImage image = null!;
            get(ref image);
            read.Add(image);
        }
        Assert.Equal(30, read.Count);
        Assert.All(read, image => Assert.InRange(image.Width, 100, 102));
    }

    private sealed class Prediction
    {
        [VectorType(512)]
        public float[] ImageVector { get; set; } = [];
    }
}
