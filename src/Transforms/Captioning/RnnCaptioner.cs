using MlNetRnn.Sequences;
using MlNetRnn.Translation;

namespace MlNetRnn;

/// <summary>Captions images with a captioning model. Created by <c>mlContext.Rnn().CreateCaptioner(model)</c>.</summary>
/// <remarks>Thread-safe: the weights are shared, and each call has states of its own.</remarks>
public sealed class RnnCaptioner
{
    private readonly RnnCaptioningTransformer _transformer;
    private readonly SourceTranslator _translator;

    internal RnnCaptioner(RnnCaptioningTransformer transformer) => (_transformer, _translator) = (transformer, new SourceTranslator(transformer.Network));

    /// <summary>Captions an image.</summary>
    /// <param name="features">The vectors of the regions, one after another, or the vector of the image.</param>
    /// <param name="boxes">The boxes of the regions, if the model reads boxes.</param>
    /// <param name="options">The options; <see langword="null"/> for those of the model.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <exception cref="ArgumentException">One or more options are not valid, or the numbers are not regions.</exception>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public RnnCaption Caption(
        float[] features, IReadOnlyList<RnnRegionBox>? boxes = null, RnnTranslationDecodingOptions? options = null,
        CancellationToken cancellationToken = default) => CaptionMany([features], boxes is null ? null : [boxes], options, cancellationToken)[0][0];

    /// <summary>Captions several images together, which takes less time than one after another.</summary>
    /// <param name="features">The vectors of the regions of each image, one after another, or the vector of each image.</param>
    /// <param name="boxes">The boxes of the regions of each image, if the model reads boxes.</param>
    /// <param name="options">The options; <see langword="null"/> for those of the model.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <returns>For each image at most <see cref="RnnTranslationDecodingOptions.NBest"/> captions, the best first; at least one.</returns>
    /// <exception cref="ArgumentException">One or more options are not valid, or the numbers are not regions.</exception>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public IReadOnlyList<IReadOnlyList<RnnCaption>> CaptionMany(
        IReadOnlyList<float[]> features, IReadOnlyList<IReadOnlyList<RnnRegionBox>>? boxes = null, RnnTranslationDecodingOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        RnnTranslationDecodingOptions used = _translator.Check(options);
        SourceSet images = Read(features, boxes);
        if (images.Count == 0) return [];
        FoundTranslation[][] found = new TranslationSearch(_transformer.Network.Model, used).Find(images, cancellationToken.ThrowIfCancellationRequested);
        return [.. found.Select((all, row) => (IReadOnlyList<RnnCaption>)[.. all.Select(one => ToResult(one, images, row, used))])];
    }

    /// <summary>Captions an image, and returns the parts of the caption as soon as they are final. Takes the most probable symbol at each step.</summary>
    /// <param name="features">The vectors of the regions, one after another, or the vector of the image.</param>
    /// <param name="boxes">The boxes of the regions, if the model reads boxes.</param>
    /// <param name="options">
    /// The options; <see langword="null"/> for those of the model with a beam of 1. A wider beam has no parts before its end and is refused.
    /// </param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <exception cref="ArgumentException">One or more options are not valid, or the numbers are not regions.</exception>
    /// <exception cref="OperationCanceledException">The caption was canceled.</exception>
    public IAsyncEnumerable<string> StreamAsync(
        float[] features, IReadOnlyList<RnnRegionBox>? boxes = null, RnnTranslationDecodingOptions? options = null,
        CancellationToken cancellationToken = default) =>
        _translator.Stream(() => Read([features], boxes is null ? null : [boxes]), options, cancellationToken);

    /// <summary>Computes the log-probability of given captions (forced decoding).</summary>
    /// <param name="features">The vectors of the regions of each image, one after another, or the vector of each image.</param>
    /// <param name="captions">A caption of each image.</param>
    /// <param name="boxes">The boxes of the regions of each image, if the model reads boxes.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <returns>For each image the caption with the log-probability of each of its symbols, its end included, and the attention.</returns>
    /// <exception cref="ArgumentException">The numbers of images and captions differ, or the numbers are not regions.</exception>
    public IReadOnlyList<RnnCaption> Score(
        IReadOnlyList<float[]> features, IReadOnlyList<string> captions, IReadOnlyList<IReadOnlyList<RnnRegionBox>>? boxes = null,
        CancellationToken cancellationToken = default)
    {
        SourceSet images = Read(features, boxes);
        var options = new RnnTranslationDecodingOptions();
        return [.. _translator.Score(images, captions, cancellationToken).Select((found, row) => ToResult(found, images, row, options))];
    }

    private SourceSet Read(IReadOnlyList<float[]> features, IReadOnlyList<IReadOnlyList<RnnRegionBox>>? boxes)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Contains(null!)) throw new ArgumentException("Features: expected numbers, got null among them.", nameof(features));
        if (boxes is not null && boxes.Count != features.Count)
            throw new ArgumentException($"Boxes: expected those of {features.Count} images, got those of {boxes.Count}.", nameof(boxes));
        var store = new SequenceStore(_transformer.Network.Spec.Source.FrameSize);
        RegionReader reader = _transformer.Network.Source.Regions;
        for (int i = 0; i < features.Count; i++)
        {
            reader.Add(
                store, features[i], boxes is null ? [] : [.. boxes[i].SelectMany(box => new[] { box.Left, box.Top, box.Width, box.Height })]);
        }
        return store;
    }

    private RnnCaption ToResult(FoundTranslation found, SourceSet images, int row, RnnTranslationDecodingOptions options) => new(
        _translator.ToResult(found, images, row, isTruncated: false, options),
        new Lazy<IReadOnlyList<RnnRegionBox>>(() =>
            [.. _translator.Boxes(images, [row])[0].Chunk(RegionSpec.BoxSize).Select(box => new RnnRegionBox(box[0], box[1], box[2], box[3]))]));
}
