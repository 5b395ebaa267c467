using Microsoft.ML.Transforms.Image;
using MlNetRnn.Decoding;

namespace MlNetRnn;

/// <summary>Options for the features of images. Immutable. Values are validated when the estimator is created; all errors are reported together.</summary>
public sealed record RnnImageFeaturesOptions
{
    /// <summary>
    /// Column of the images: <c>Image</c> of any size, as ML.NET's LoadImages returns it, or the <c>Vector&lt;Single, 3, 224, 224&gt;</c> of numbers from 0 to
    /// 255 that ML.NET's ExtractPixels returns for images of 224 × 224 pixels. The type of the column decides.
    /// </summary>
    /// <value>The default is <c>Image</c>.</value>
    public string ImageColumnName { get; init; } = "Image";

    /// <summary>
    /// Column that receives one vector for the whole image: the mean of its regions, <see cref="RnnImageFeaturesTransformer.RegionSize"/> numbers of 0 or more
    /// (<c>Vector&lt;Single&gt;</c>). It equals the result of ML.NET's DnnFeaturizeImage.
    /// </summary>
    /// <value>The default is <c>ImageVector</c>; <see langword="null"/> for no such column.</value>
    public string? VectorColumnName { get; init; } = "ImageVector";

    /// <summary>
    /// Column that receives a vector for each of 7 × 7 regions of the image (<c>Vector&lt;Single, 7, 7, 512&gt;</c>): the regions in rows from the top left,
    /// the <see cref="RnnImageFeaturesTransformer.RegionSize"/> numbers of a region one after another.
    /// </summary>
    /// <value>The default is <c>ImageGrid</c>; <see langword="null"/> for no such column.</value>
    public string? GridColumnName { get; init; } = "ImageGrid";

    /// <summary>How images that are not square become square, as in ML.NET's ResizeImages. It has no effect on columns of pixels.</summary>
    /// <value>
    /// The default, as in ML.NET, is <see cref="ImageResizingEstimator.ResizingKind.IsoCrop"/>: the center of the image. Captions may describe what is outside
    /// of it; <see cref="ImageResizingEstimator.ResizingKind.IsoPad"/> keeps the whole image and adds black bars.
    /// </value>
    public ImageResizingEstimator.ResizingKind Resizing { get; init; } = ImageResizingEstimator.ResizingKind.IsoCrop;

    /// <summary>
    /// Folder for computed features, which is created if it does not exist. Threads and processes can share it. If the same pixels occur again, in another
    /// epoch or in another process, the features are read from the folder, with the same bits. A damaged file is replaced, and a warning is logged.
    /// </summary>
    /// <remarks>
    /// A file contains 32-bit numbers without the zeros: about 25 kB for a grid and 2 kB for a vector. Files are never deleted. The folder is not part of a
    /// saved model: a loaded model has no cache.
    /// </remarks>
    /// <value>The default is <see langword="null"/>: no cache.</value>
    public string? CacheFolder { get; init; }

    internal void Validate(string parameter)
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0) throw OptionFaults.ToException(nameof(RnnImageFeaturesOptions), faults, parameter);
    }

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(ImageColumnName)) yield return $"{nameof(ImageColumnName)}: expected the name of a column, got none.";
        if (VectorColumnName is "") yield return $"{nameof(VectorColumnName)}: expected the name of a column or null, got an empty text.";
        if (GridColumnName is "") yield return $"{nameof(GridColumnName)}: expected the name of a column or null, got an empty text.";
        if (VectorColumnName is null && GridColumnName is null)
            yield return $"{nameof(VectorColumnName)} and {nameof(GridColumnName)}: expected at least one name, got null for both.";
        else if (VectorColumnName == GridColumnName)
            yield return $"{nameof(VectorColumnName)} and {nameof(GridColumnName)}: expected different names, got '{GridColumnName}' for both.";
        if (!Enum.IsDefined(Resizing)) yield return $"{nameof(Resizing)}: expected a named value, got {Resizing}.";
        if (CacheFolder is "") yield return $"{nameof(CacheFolder)}: expected a folder or null, got an empty text.";
    }
}
