using System.Diagnostics;
using Microsoft.ML;

namespace MlNetRnn.Samples.Captioning;

/// <summary>The captions of a model, compared with those of people.</summary>
/// <param name="Captions">The caption of each image.</param>
/// <param name="Metrics">The metrics of coco-caption.</param>
/// <param name="ExactMatch">The share of captions that equal one of the references.</param>
/// <param name="PerSecond">The number of images per second, without the time for their features.</param>
internal sealed record CaptionMeasures(IReadOnlyList<RnnCaption> Captions, RnnCaptioningMetrics Metrics, double ExactMatch, double PerSecond)
{
    private const int Block = 64;

    /// <summary>Captions images and compares the captions with the references.</summary>
    public static CaptionMeasures Of(MLContext ml, RnnCaptioningTransformer model, IReadOnlyList<CaptionedImage> images)
    {
        RnnCaptioner captioner = ml.Rnn().CreateCaptioner(model);
        // The first caption opens the network.
        Caption(captioner, [images[0]]);
        var watch = Stopwatch.StartNew();
        RnnCaption[] captions = [.. images.Chunk(Block).SelectMany(block => Caption(captioner, block))];
        double seconds = watch.Elapsed.TotalSeconds;
        IDataView rows = ml.Data.LoadFromEnumerable(
            images.Zip(captions, (image, caption) => new Compared { Caption = caption.Text, References = [.. image.Captions] }));
        double exact = images.Zip(captions).Average(pair => pair.First.Captions.Contains(pair.Second.Text) ? 1.0 : 0);
        return new CaptionMeasures(captions, ml.Rnn().EvaluateCaptioning(rows), exact, images.Count / seconds);
    }

    private static IEnumerable<RnnCaption> Caption(RnnCaptioner captioner, CaptionedImage[] images) => captioner.CaptionMany(
        [.. images.Select(image => image.Features)],
        images[0].Boxes.Length == 0 ? null : [.. images.Select(image => CaptionedImage.ToBoxes(image.Boxes)!)]).Select(found => found[0]);

    private sealed class Compared
    {
        public string Caption { get; set; } = "";

        public string[] References { get; set; } = [];
    }
}
