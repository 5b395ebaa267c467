using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Captioning;

/// <summary>A model that `train` saved: a chain from the path of an image to its caption.</summary>
/// <param name="Ml">ML.NET.</param>
/// <param name="Steps">The steps before the captioning model.</param>
/// <param name="Model">The captioning model.</param>
internal sealed record SavedCaptioningModel(MLContext Ml, ImageSteps Steps, RnnCaptioningTransformer Model)
{
    /// <summary>Saves a model as a chain, which ML.Model.Load loads. One of object proposals also needs the class <see cref="RegionPooling"/>.</summary>
    public static void Save(MLContext ml, RegionReading reading, RnnCaptioningTransformer model, string path)
    {
        ImageSteps steps = ImageSteps.Create(ml, reading, cache: null);
        ml.Model.Save(new TransformerChain<ITransformer>([.. steps.All, model]), steps.Schema, path);
    }

    /// <summary>Loads a model; writes one line to standard error if it is not a model of this sample.</summary>
    public static SavedCaptioningModel? Load(FileInfo file, string command) => SavedModel.Load(file, Bind, command);

    /// <summary>Captions images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="options">How captions are found.</param>
    public IReadOnlyList<RnnCaption> Caption(IReadOnlyList<ImageRow> images, RnnTranslationDecodingOptions options) =>
        [.. Ml.Rnn().CreateCaptioner(Model).CaptionMany(
            [.. Steps.Read(images, Model.FeaturesColumnName)],
            Model.BoxesColumnName is null ? null : [.. images.Select(image => CaptionedImage.ToBoxes(image.Boxes)!)],
            options).Select(found => found[0])];

    private static SavedCaptioningModel Bind(MLContext ml, ITransformer loaded)
    {
        ITransformer[] links = loaded is IEnumerable<ITransformer> chain ? [.. chain] : [loaded];
        return links is [.., RnnCaptioningTransformer model] && links.OfType<RnnImageFeaturesTransformer>().Any()
            ? new SavedCaptioningModel(ml, new ImageSteps(ml, links[..^1]), model)
            : throw new FormatException("expected a captioning model that reads images, got a model of another kind. Train one with the command `train`.");
    }
}
