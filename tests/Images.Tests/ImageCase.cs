using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Images.Tests;

/// <summary>A context, and rows of images or pixels.</summary>
public abstract class ImageCase
{
    private protected const string Vector = "ImageVector", Grid = "ImageGrid";

    private protected readonly MLContext _ml = new(1);

    private protected IDataView Images(params MLImage?[] images) => _ml.LoadRows(images.Length, i => new ImageLine { Image = images[i]!, Number = i });

    private protected IDataView Pixels(params float[][] pixels) => _ml.LoadRows(pixels.Length, i => new PixelLine { Image = pixels[i] });

    private protected IDataView Paths(params string[] paths) => _ml.LoadRows(paths.Length, i => new PathLine { Path = paths[i] });

    /// <summary>Returns the pixels as ML.NET's usual chain extracts them.</summary>
    private protected float[] PixelsOf(MLImage image)
    {
        IDataView rows = Images(image);
        var chain = _ml.Transforms.ResizeImages("Resized", 224, 224, "Image").Append(_ml.Transforms.ExtractPixels("Pixels", "Resized"));
        return chain.Fit(rows).Transform(rows).GetColumn<float[]>("Pixels").Single();
    }

    private protected float[][] Features(IDataView rows, string column = Vector) => Features(rows, _ml.Transforms.RnnImageFeatures(), column);

    private protected static float[][] Features(IDataView rows, RnnImageFeaturesEstimator features, string column = Vector) =>
        [.. features.Fit(rows).Transform(rows).GetColumn<float[]>(column)];

    private protected sealed class ImageLine
    {
        [Microsoft.ML.Transforms.Image.ImageType(1, 1)]
        public MLImage Image { get; set; } = null!;

        public float Number { get; set; }
    }

    private protected sealed class PixelLine
    {
        [VectorType(3, 224, 224)]
        public float[] Image { get; set; } = [];
    }

    private protected sealed class PathLine
    {
        public string Path { get; set; } = "";
    }
}
