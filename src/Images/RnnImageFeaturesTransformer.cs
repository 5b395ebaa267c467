using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRnn.Images;
using MlNetRnn.Images.Caching;
using MlNetRnn.Images.Features;
using MlNetRnn.Images.Pixels;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn;

/// <summary>
/// A transformer that computes features of images with a pretrained ResNet-18 (He et al., 2016). Created by <c>mlContext.Transforms.RnnImageFeatures(…)</c>, or
/// loaded by <c>mlContext.Model.Load</c>.
/// </summary>
/// <remarks>
/// <para>Immutable and thread-safe. The network reads one image per run; the images of a block run on all cores. The features of an image do not depend on
/// other images or on the number of threads. A cursor keeps the pixels of at most 8 images of 224 × 224, or one for each core.</para>
/// <para>A row without an image, or with pixels that are not from 0 to 255, throws an <see cref="InvalidOperationException"/> when its features are read; its
/// message names the column and the row. Gray, palette, CMYK and transparent images are what ML.NET makes of them: RGB, on black where they are
/// transparent.</para>
/// <para>A model file contains the SHA-256 of the network instead of its 64 MB. The package Microsoft.ML.DnnImageFeaturizer.ResNet18, on which MlNetRnn.Images
/// depends, copies the network to the folder of the application; loading a model verifies that it is there and the same. All published versions of that package
/// contain the same network.</para>
/// </remarks>
public sealed class RnnImageFeaturesTransformer : ITransformer, IBlockTransform, INativeModel, IModel<RnnImageFeaturesTransformer>
{
    /// <summary>The number of numbers of the vector of an image, and of each region.</summary>
    public const int RegionSize = 512;

    /// <summary>The number of regions of an image: 7 rows of 7.</summary>
    public const int RegionCount = 49;

    private const string Part = "ImageFeatures.json";

    private readonly ImageFeaturesSpec _spec;
    private readonly ResNet18 _network;
    private readonly FeatureCache? _cache;
    private readonly Lazy<PictureResizing> _resizing;

    internal RnnImageFeaturesTransformer(ImageFeaturesSpec spec, ResNet18 network, FeatureCache? cache)
    {
        (_spec, _network, _cache) = (spec, network, cache);
        _resizing = new Lazy<PictureResizing>(() => new PictureResizing(spec.Resizing));
    }

    /// <summary>The column of images or pixels.</summary>
    public string ImageColumnName => _spec.Image;

    /// <summary>The column of the vector of the whole image; <see langword="null"/> for none.</summary>
    public string? VectorColumnName => _spec.Vector;

    /// <summary>The column of the vectors of the regions; <see langword="null"/> for none.</summary>
    public string? GridColumnName => _spec.Grid;

    bool ITransformer.IsRowToRowMapper => true;

    static string IModel<RnnImageFeaturesTransformer>.LoaderName => ImageFeaturesSpec.LoaderName;

    /// <summary>Returns the schema of the transformed data: all input columns and the features.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of images is missing or has another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => new RowMapper(this, inputSchema).OutputSchema;

    /// <summary>Adds the columns to the data. Nothing is computed before the result is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of images is missing or has another type.</exception>
    public IDataView Transform(IDataView input) => new BatchedView(new RowMapper(this, input.Schema), input);

    void INativeModel.Open() => _network.Open();

    void INativeModel.Close() => _network.Close();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(this, inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ModelParts.Save(ctx, ImageFeaturesSpec.LoaderName, [(Part, _spec.ToJson())], GetType().Assembly);

    static RnnImageFeaturesTransformer IModel<RnnImageFeaturesTransformer>.FromParts(
        IHostEnvironment environment, IReadOnlyDictionary<string, byte[]> parts) =>
        new(ImageFeaturesSpec.FromJson(ModelParts.Require(parts, Part)), ResNet18.Of(RnnImageFeaturesEstimator.GpuOf(environment)), cache: null);

    string IBlockTransform.OnnxRefusal =>
        $"ConvertToOnnx: expected transforms that ML.NET can write as ONNX, got the features of the images in '{_spec.Image}'. "
        + "Compute the features before you run the graph.";

    IReadOnlyList<DataViewSchema.Column> IBlockTransform.BindInputs(DataViewSchema schema) => [PictureKinds.Bind(schema, _spec.Image)];

    IReadOnlyList<DataViewSchema.DetachedColumn> IBlockTransform.OutputColumns(DataViewSchema schema) =>
        [.. _spec.Outputs.Select(output => new DataViewSchema.DetachedColumn(output.Name, TypeOf(output.Feature)))];

    IRowBlock IBlockTransform.CreateBlock(DataViewRow source, IReadOnlyList<DataViewSchema.Column> inputs) =>
        new ImageBlock(source, inputs[0], _resizing, _network, _cache, [.. _spec.Outputs.Select(output => output.Feature)]);

    private static VectorDataViewType TypeOf(ImageFeature feature) => feature.Side == 1
        ? new VectorDataViewType(NumberDataViewType.Single, feature.Channels)
        : new VectorDataViewType(NumberDataViewType.Single, feature.Side, feature.Side, feature.Channels);
}
