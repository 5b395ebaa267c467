namespace MlNetRnn.Samples.Captioning;

/// <summary>What a model reads of an image, and the captions of the image.</summary>
/// <param name="Name">The name of the image.</param>
/// <param name="Features">The vector of the image, or those of its regions.</param>
/// <param name="Boxes">The boxes of the regions, as shares of the image; empty for a vector and for the cells of a grid.</param>
/// <param name="Captions">The captions.</param>
internal sealed record CaptionedImage(string Name, float[] Features, float[] Boxes, IReadOnlyList<string> Captions)
{
    /// <summary>Returns the boxes of the regions for a captioner; null for a model that reads none.</summary>
    public static RnnRegionBox[]? ToBoxes(float[] numbers) =>
        numbers.Length == 0 ? null : [.. numbers.Chunk(4).Select(box => new RnnRegionBox(box[0], box[1], box[2], box[3]))];

    /// <summary>Returns the numbers of boxes, one after another.</summary>
    public static float[] ToNumbers(IEnumerable<RnnRegionBox> boxes) => [.. boxes.SelectMany(box => new[] { box.Left, box.Top, box.Width, box.Height })];
}
