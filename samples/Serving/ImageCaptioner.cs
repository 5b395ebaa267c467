using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MlNetRnn.Samples.Serving;

/// <summary>Captions images in memory with a chain that was trained on image files: all steps but the one that loads the file.</summary>
internal sealed class ImageCaptioner
{
    private readonly MLContext _ml;
    private readonly RnnCaptioningTransformer _model;
    private readonly TransformerChain<ITransformer> _features;
    private readonly SchemaDefinition _picture = SchemaDefinition.Create(typeof(Picture));

    /// <param name="ml">ML.NET.</param>
    /// <param name="chain">LoadImages, the steps to the features of an image, and a captioning model.</param>
    /// <exception cref="FormatException">The model is another one.</exception>
    public ImageCaptioner(MLContext ml, ITransformer chain)
    {
        ITransformer[] steps = [.. ModelCard.Steps(chain)];
        (_ml, _model) = (ml, ModelOf(steps, chain));
        ITransformer[] reading = [.. steps.TakeWhile(step => step != _model).SkipWhile(step => step is not ImageLoadingTransformer)];
        if (reading is not [ImageLoadingTransformer, RnnImageFeaturesTransformer images, ..])
            throw new FormatException($"got {_model} without features of image files. Save it in one chain after LoadImages and RnnImageFeatures.");
        if (_model.BoxesColumnName is { } boxes)
        {
            throw new FormatException(
                $"got {_model}, which reads the boxes of regions (column '{boxes}'), and an image file contains none. "
                + "Train with --attention grid, transformer or none.");
        }
        _picture[nameof(Picture.Image)].ColumnName = images.ImageColumnName;
        _features = new TransformerChain<ITransformer>(reading[1..]);
        if (_features.GetOutputSchema(RowsOf([]).Schema).GetColumnOrNull(_model.FeaturesColumnName) is null)
            throw new FormatException($"got {_model} in a chain without the column '{_model.FeaturesColumnName}'.");
    }

    /// <summary>The model's options of decoding.</summary>
    public RnnTranslationDecodingOptions Decoding => _model.Decoding;

    /// <summary>Returns the captions of an image, the best first.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">How captions are found.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public IReadOnlyList<RnnCaption> Caption(MLImage image, RnnTranslationDecodingOptions options, CancellationToken cancellation)
    {
        float[] features = _features.Transform(RowsOf([new Picture { Image = image }])).GetColumn<float[]>(_model.FeaturesColumnName).Single();
        return _ml.Rnn().CreateCaptioner(_model).CaptionMany([features], options: options, cancellationToken: cancellation)[0];
    }

    /// <summary>Returns the description of the captioning model.</summary>
    public override string ToString() => $"{_model}";

    private static RnnCaptioningTransformer ModelOf(ITransformer[] steps, ITransformer chain) =>
        steps.OfType<RnnCaptioningTransformer>().ToArray() is [var model] ? model : throw new FormatException($"got {ModelCard.NameOf(chain)}");

    private IDataView RowsOf(IEnumerable<Picture> pictures) => _ml.Data.LoadFromEnumerable(pictures, _picture);

    private sealed class Picture
    {
        // Images of any size are accepted; ML.NET only refuses a type without a size.
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }
    }
}
