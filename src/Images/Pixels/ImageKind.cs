using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Images.Pixels;

/// <summary>A column of images of any size, as ML.NET's LoadImages returns it.</summary>
internal sealed class ImageKind : PictureKind
{
    private const string Missing = "expected an image, got none. LoadImages returns none for an empty path: give a path, or leave the row out.";

    public override bool Accepts(DataViewType type) => type is ImageDataViewType;

    public override bool Accepts(SchemaShape.Column column) => column.IsScalar() && column.ItemType is ImageDataViewType;

    public override ReadPicture Open(DataViewRow source, DataViewSchema.Column column, Lazy<PictureResizing> resizing)
    {
        ValueGetter<MLImage> get = source.GetGetter<MLImage>(column);
        Action<MLImage, float[]> resize = resizing.Value.Open();
        // ML.NET's convention: a getter disposes the image that it replaces. Therefore one large image is in memory, not all of a block.
        MLImage image = null!;
        return pixels =>
        {
            get(ref image);
            if (!IsPresent(image))
            {
                image = null!;
                return new PictureOutcome(Missing);
            }
            long size = (long)image.Width * image.Height;
            try
            {
                resize(image, pixels);
                return new PictureOutcome(null, size);
            }
            catch (InvalidOperationException e)
            {
                string got = FormattableString.Invariant($"{image.Width} × {image.Height} pixels ({e.Message})");
                return new PictureOutcome($"expected an image that ML.NET resizes to 224 × 224 pixels, got one of {got}. Leave the row out.");
            }
        };
    }

    /// <summary>Returns whether a row has an image. For a row without one, ML.NET's ResizeImages returns the image of the row before, disposed.</summary>
    private static bool IsPresent(MLImage? image)
    {
        try
        {
            return image is { Width: > 0, Height: > 0 };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
