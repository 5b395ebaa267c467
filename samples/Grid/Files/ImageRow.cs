using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Grid;

/// <summary>An image as a row of ML.NET.</summary>
internal sealed class ImageRow
{
    /// <summary>The pixels, row by row.</summary>
    public float[] Pixels { get; set; } = [];

    /// <summary>Height and width.</summary>
    [VectorType(2)]
    public int[] Size { get; set; } = [];

    /// <summary>The class.</summary>
    public string Label { get; set; } = "";

    /// <summary>Returns images as rows. If all of them have the same size, it is part of the type of the column.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="images">The images.</param>
    /// <param name="size">Height and width of all images; null if they differ.</param>
    public static IDataView Load(MLContext ml, IReadOnlyList<GrayImage> images, (int Height, int Width)? size)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(ImageRow));
        if (size is var (height, width)) schema[nameof(Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, height, width);
        return ml.Data.LoadFromEnumerable(images.Select(image => new ImageRow
        {
            Pixels = Array.ConvertAll(image.Pixels, pixel => (float)pixel),
            Size = [image.Height, image.Width],
            Label = image.Label,
        }), schema);
    }

    /// <summary>Returns the size of all images; null if they differ.</summary>
    public static (int Height, int Width)? CommonSize(IReadOnlyList<GrayImage> images)
    {
        (int Height, int Width) first = (images[0].Height, images[0].Width);
        return images.All(image => (image.Height, image.Width) == first) ? first : null;
    }
}
