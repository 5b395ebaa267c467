using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MlNetRnn.Images.Pixels;

/// <summary>
/// Resizes images to the size of the network and extracts their pixels, with the results of ML.NET's ResizeImages and ExtractPixels. ML.NET's own transform
/// resizes, because the method that it uses is internal, and its filters differ from version to version. Thread-safe.
/// </summary>
internal sealed class PictureResizing
{
    private const string Source = "Image", Resized = "Resized";

    private readonly IRowToRowMapper _mapper;

    /// <param name="resizing">How images that are not square become square.</param>
    public PictureResizing(ImageResizingEstimator.ResizingKind resizing)
    {
        var ml = new MLContext();
        IDataView none = ml.Data.LoadFromEnumerable(Array.Empty<Picture>());
        ITransformer resize = ml.Transforms.ResizeImages(Resized, PictureSize.Side, PictureSize.Side, Source, resizing).Fit(none);
        _mapper = resize.GetRowToRowMapper(none.Schema);
    }

    /// <summary>Returns a function that writes the pixels of an image. One thread at a time may use it.</summary>
    public Action<MLImage, float[]> Open()
    {
        var row = new ImageRow(_mapper.InputSchema);
        DataViewSchema.Column column = _mapper.OutputSchema[Resized];
        ValueGetter<MLImage> get = _mapper.GetRow(row, [column]).GetGetter<MLImage>(column);
        return (image, pixels) =>
        {
            row.Image = image;
            MLImage resized = null!;
            try
            {
                get(ref resized);
                Extract(resized, pixels);
            }
            finally
            {
                // ML.NET returns an image that has the right size as it is. It belongs to the source.
                if (!ReferenceEquals(resized, image)) resized?.Dispose();
                row.Image = null;
            }
        };
    }

    /// <summary>Writes the planes of red, green and blue.</summary>
    private static void Extract(MLImage image, Span<float> pixels)
    {
        ReadOnlySpan<byte> bytes = image.Pixels;
        int red = image.PixelFormat == MLPixelFormat.Bgra32 ? 2 : 0;
        Span<float> reds = pixels[..PictureSize.Plane], greens = pixels.Slice(PictureSize.Plane, PictureSize.Plane), blues = pixels[(2 * PictureSize.Plane)..];
        for (int i = 0; i < PictureSize.Plane; i++) (reds[i], greens[i], blues[i]) = (bytes[4 * i + red], bytes[4 * i + 1], bytes[4 * i + 2 - red]);
    }

    /// <summary>The row class that gives ML.NET the schema. The size is not checked, but ML.NET refuses a type without one.</summary>
    private sealed class Picture
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }
    }
}
