using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.Images;
using MlNetRnn.Images.Caching;
using MlNetRnn.Images.Features;
using MlNetRnn.Images.Pixels;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;

namespace MlNetRnn;

/// <summary>
/// An estimator of a transformer that computes features of images with a pretrained ResNet-18 (He et al., 2016). Created by
/// <c>mlContext.Transforms.RnnImageFeatures(…)</c>.
/// </summary>
/// <remarks><see cref="Fit"/> reads no data: the network is already trained.</remarks>
public sealed class RnnImageFeaturesEstimator : IEstimator<RnnImageFeaturesTransformer>
{
    private readonly IHost _host;
    private readonly RnnImageFeaturesOptions _options;

    internal RnnImageFeaturesEstimator(IHostEnvironment environment, RnnImageFeaturesOptions options) =>
        (_host, _options) = (environment.Register(nameof(RnnImageFeaturesEstimator)), options);

    /// <summary>Returns the schema of the transformed data.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of images is missing or has another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        PictureKinds.Check(inputSchema, _options.ImageColumnName);
        return inputSchema.With(ImageFeaturesSpec.Of(_options).Outputs.Select(output => SchemaShapes.Vector(output.Name, NumberDataViewType.Single)));
    }

    /// <summary>Creates the transformer.</summary>
    /// <param name="input">The data, whose schema is validated.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of images is missing or has another type.</exception>
    /// <exception cref="FileNotFoundException">A file of the network is missing.</exception>
    /// <exception cref="FormatException">A file of the network differs from the published one.</exception>
    /// <exception cref="IOException">The folder of the cache cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder of the cache cannot be created.</exception>
    public RnnImageFeaturesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        PictureKinds.Bind(input.Schema, _options.ImageColumnName);
        FeatureCache? cache = _options.CacheFolder is { } folder ? new FeatureCache(folder, _host) : null;
        return new RnnImageFeaturesTransformer(ImageFeaturesSpec.Of(_options), ResNet18.Of(GpuOf(_host)), cache);
    }

    /// <summary>Returns the GPU that the user's MLContext requests.</summary>
    internal static GpuRequest GpuOf(IHostEnvironment environment)
    {
        (int? device, bool fallBackToCpu) = CatalogEnvironment.Gpu(environment);
        return new GpuRequest(device, fallBackToCpu);
    }
}
