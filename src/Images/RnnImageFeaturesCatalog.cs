using MlNetRnn;
using MlNetRnn.MLNetBridge;

namespace Microsoft.ML;

/// <summary>Features of images as a transform in a pipeline.</summary>
public static class RnnImageFeaturesCatalog
{
    /// <summary>
    /// Creates a transform that computes features of images with ML.NET's pretrained ResNet-18 (He et al., 2016): a vector for the whole image, and one for
    /// each of 7 × 7 regions, as a captioning model with attention reads them.
    /// </summary>
    /// <remarks>
    /// Images of any size are resized to 224 × 224 pixels. The vector equals that of ML.NET's chain of LoadImages, ResizeImages, ExtractPixels and
    /// DnnFeaturizeImage.
    /// </remarks>
    /// <example>
    /// <code>
    /// var features = ml.Transforms.LoadImages("Image", "pictures", "FileName").Append(ml.Transforms.RnnImageFeatures(cacheFolder: "features"));
    /// </code>
    /// </example>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="vectorColumnName">
    /// The column that receives the vector of the whole image, <c>Vector&lt;Single&gt;</c> of 512; <see langword="null"/> for none.
    /// </param>
    /// <param name="gridColumnName">
    /// The column that receives the vectors of the 49 regions, in rows from the top left, <c>Vector&lt;Single&gt;</c> of 49 × 512; <see langword="null"/> for
    /// none.
    /// </param>
    /// <param name="imageColumnName">
    /// The column of images (<c>Image</c>, of any size) or of pixels (<c>Vector&lt;Single, 3, 224, 224&gt;</c>, from 0 to 255).
    /// </param>
    /// <param name="cacheFolder">The folder for computed features; <see langword="null"/> for none.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">A name is empty, both outputs are <see langword="null"/>, or their names are equal.</exception>
    /// <exception cref="NotSupportedException">This version of ML.NET is not supported.</exception>
    public static RnnImageFeaturesEstimator RnnImageFeatures(
        this TransformsCatalog catalog,
        string? vectorColumnName = "ImageVector",
        string? gridColumnName = "ImageGrid",
        string imageColumnName = "Image",
        string? cacheFolder = null)
    {
        var options = new RnnImageFeaturesOptions
        {
            VectorColumnName = vectorColumnName,
            GridColumnName = gridColumnName,
            ImageColumnName = imageColumnName,
            CacheFolder = cacheFolder,
        };
        return catalog.RnnImageFeatures(options);
    }

    /// <summary>Creates a transform that computes features of images with ML.NET's pretrained ResNet-18 (He et al., 2016).</summary>
    /// <param name="catalog">The transforms catalog.</param>
    /// <param name="options">The options.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">An option is invalid; the message lists all errors.</exception>
    /// <exception cref="NotSupportedException">This version of ML.NET is not supported.</exception>
    public static RnnImageFeaturesEstimator RnnImageFeatures(this TransformsCatalog catalog, RnnImageFeaturesOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        return new RnnImageFeaturesEstimator(CatalogEnvironment.Of(catalog), options);
    }
}
