using System.Globalization;

namespace MlNetRnn.Samples.Captioning;

/// <summary>
/// A file with a box in each line, in columns separated by tabs: name of the image file, left, top, width and height in pixels. A column of categories after
/// the name and a first line with column names are skipped.
/// </summary>
/// <param name="path">The path.</param>
internal sealed class BoxFile(string path)
{
    private const int Numbers = 4;

    private static readonly RnnRegionBox Whole = new(0, 0, 1, 1);

    private readonly Dictionary<string, List<float[]>> _boxes = Read(new TextFile(path));

    /// <summary>The number of boxes.</summary>
    public int Count => _boxes.Values.Sum(boxes => boxes.Count);

    /// <summary>Returns whether there are boxes of an image.</summary>
    public bool Contains(string image) => _boxes.ContainsKey(image);

    /// <summary>Returns the boxes of an image, as shares of it, after the box of the whole image.</summary>
    /// <param name="image">The name of the image file.</param>
    /// <param name="width">The width of the image, in pixels.</param>
    /// <param name="height">The height of the image, in pixels.</param>
    public float[] Of(string image, int width, int height)
    {
        IEnumerable<RnnRegionBox> boxes = _boxes.GetValueOrDefault(image, []).Select(box =>
        {
            (float left, float top) = (Math.Clamp(box[0] / width, 0, 1), Math.Clamp(box[1] / height, 0, 1));
            return new RnnRegionBox(
                left, top, Math.Clamp((box[0] + box[2]) / width, left, 1) - left, Math.Clamp((box[1] + box[3]) / height, top, 1) - top);
        });
        return CaptionedImage.ToNumbers(boxes.Prepend(Whole));
    }

    private static Dictionary<string, List<float[]>> Read(TextFile file)
    {
        var boxes = new Dictionary<string, List<float[]>>();
        bool isFirst = true;
        foreach ((int number, string line) in file.Lines())
        {
            if (line.Length == 0) continue;
            string[] fields = line.Split('\t');
            float[]? box = fields.Length is Numbers + 1 or Numbers + 2 ? Parse(fields[^Numbers..]) : null;
            if (box is not null)
            {
                string image = fields[0].Trim().Replace('\\', '/');
                if (!boxes.TryGetValue(image, out List<float[]>? known)) boxes.Add(image, known = []);
                known.Add(box);
            }
            else if (!isFirst || fields.Length < Numbers + 1)
            {
                throw LineFault.Of(
                    file.Path, number, "the name of an image file, perhaps a category, and left, top, width and height in pixels, separated by tabs",
                    $"'{OneLine.Shortened(line)}'", "Correct the line, or remove it");
            }
            isFirst = false;
        }
        return boxes;
    }

    /// <summary>Returns the numbers of a box; null if they are not those of a box.</summary>
    private static float[]? Parse(string[] fields)
    {
        var box = new float[Numbers];
        for (int i = 0; i < Numbers; i++)
            if (!float.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out box[i]) || !float.IsFinite(box[i])) return null;
        return box[2] >= 0 && box[3] >= 0 ? box : null;
    }
}
