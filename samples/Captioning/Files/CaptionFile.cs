using System.Text.RegularExpressions;

namespace MlNetRnn.Samples.Captioning;

/// <summary>A file with a caption in each line: name of the image file, tab, caption. An image can have several lines.</summary>
/// <param name="path">The path.</param>
internal sealed partial class CaptionFile(string path)
{
    private readonly TextFile _file = new(path);

    /// <summary>The path as the user gave it.</summary>
    public string Name => path;

    /// <summary>Reads the captions of each image, in the order of the file. Empty captions are left out.</summary>
    /// <param name="isLowerCase">Whether captions become lowercase.</param>
    /// <exception cref="FormatException">A line is not a caption, or the file is not UTF-8 text.</exception>
    /// <exception cref="FileException">There are no captions.</exception>
    public IReadOnlyList<(string Image, List<string> Captions)> Read(bool isLowerCase)
    {
        var images = new List<(string Image, List<string> Captions)>();
        var indexes = new Dictionary<string, int>();
        foreach ((int number, string line) in _file.Lines())
        {
            if (line.Length == 0) continue;
            if (line.Split('\t') is not [var name, var caption])
            {
                throw LineFault.Of(
                    path, number, "the name of an image file, a tab and a caption",
                    $"{OneLine.Count(line.Split('\t').Length, "columns")}: '{OneLine.Shortened(line)}'", "Separate name and caption by one tab");
            }
            if (string.IsNullOrWhiteSpace(caption)) continue;
            // Flickr8k and others number the captions of an image: 1.jpg#0.
            name = CaptionNumber().Replace(name.Trim(), "").Replace('\\', '/');
            if (!indexes.TryGetValue(name, out int index))
            {
                indexes.Add(name, index = images.Count);
                images.Add((name, []));
            }
            images[index].Captions.Add(isLowerCase ? caption.Trim().ToLowerInvariant() : caption.Trim());
        }
        return images.Count > 0 ? images : throw new FileException($"{path}: expected captions, got an empty file. Check the path.");
    }

    [GeneratedRegex(@"#\d+$")]
    private static partial Regex CaptionNumber();
}
