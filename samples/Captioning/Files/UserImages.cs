using SkiaSharp;

namespace MlNetRnn.Samples.Captioning;

/// <summary>An image of the user with its captions.</summary>
/// <param name="Name">The name in the files of captions and boxes.</param>
/// <param name="Row">The path of the image, and the boxes of its regions.</param>
/// <param name="Captions">The captions.</param>
internal sealed record UserImage(string Name, ImageRow Row, IReadOnlyList<string> Captions);

/// <summary>The images of the user: which of them have captions, and which can be read. Everything that is left out is reported.</summary>
/// <param name="folder">The folder of the images.</param>
/// <param name="boxes">The boxes of their regions; null for a model that reads no boxes.</param>
internal sealed class UserImages(string folder, BoxFile? boxes)
{
    private readonly HashSet<string> _captioned = [];
    private readonly string[] _files = FilesOf(folder);

    /// <summary>Reads a file of captions and checks its images.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isLowerCase">Whether captions become lowercase.</param>
    /// <exception cref="FormatException">A line of the file is not a caption.</exception>
    /// <exception cref="FileException">No image of the file can be used.</exception>
    public IReadOnlyList<UserImage> Read(CaptionFile file, bool isLowerCase)
    {
        var used = new List<UserImage>();
        var missing = new List<(string Image, List<string> Captions)>();
        int unreadable = 0, withoutBoxes = 0;
        // Every image is decoded, on all cores.
        foreach (Checked image in file.Read(isLowerCase).AsParallel().AsOrdered().Select(image => Check(image.Image, image.Captions)))
        {
            _captioned.Add(image.Name);
            if (image.IsMissing) missing.Add((image.Name, image.Captions));
            else if (image.Fault.Length > 0)
            {
                unreadable++;
                Console.WriteLine($"warning: {Path.Combine(folder, image.Name)} is left out: {image.Fault}");
            }
            else
            {
                if (boxes?.Contains(image.Name) == false) withoutBoxes++;
                float[] regions = boxes?.Of(image.Name, image.Width, image.Height) ?? [];
                used.Add(new UserImage(image.Name, new ImageRow { ImagePath = PathOf(image.Name), Boxes = regions }, image.Captions));
            }
        }
        Console.WriteLine($"{file.Name}: {OneLine.Count(used.Count, "images")}, {OneLine.Count(used.Sum(image => image.Captions.Count), "captions")}");
        if (missing.Count > 0)
        {
            Console.WriteLine($"warning: {file.Name}: {OneLine.Count(missing.Sum(image => image.Captions.Count), "captions")} of "
                + $"{OneLine.Count(missing.Count, "images")} left out, because there is no such file in {folder}: "
                + OneLine.First(missing.Select(image => image.Image)));
        }
        if (withoutBoxes > 0)
            Console.WriteLine($"warning: {OneLine.Count(withoutBoxes, "images")} without boxes: the only region is the whole image");
        if (used.Count > 0) return used;
        throw new FileException($"{file.Name}: expected captions of images in {folder}, got none of an image that can be read ({missing.Count} without a "
            + $"file, {unreadable} unreadable). Check --images.");
    }

    /// <summary>Reports images without captions, after all files of captions were read.</summary>
    public void ReportUncaptioned()
    {
        string[] others = [.. _files.Where(name => ImageFile.IsNamedAsImage(name) && !_captioned.Contains(name))];
        if (others.Length > 0)
            Console.WriteLine($"warning: {OneLine.Count(others.Length, "images")} in {folder} without captions left out: {OneLine.First(others)}");
    }

    private Checked Check(string name, List<string> captions)
    {
        if (!File.Exists(PathOf(name))) return new Checked(name, captions, IsMissing: true);
        using SKBitmap? image = ImageFile.Read(PathOf(name), out string fault);
        return new Checked(name, captions, fault, Width: image?.Width ?? 0, Height: image?.Height ?? 0);
    }

    private string PathOf(string name) => Path.GetFullPath(Path.Combine(folder, name));

    private static string[] FilesOf(string folder)
    {
        if (!Directory.Exists(folder)) throw new FileException($"--images: {folder}: there is no such folder. Check the path.");
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new FileException($"--images: {folder}: expected images, got an empty folder. Check the path.");
    }

    private sealed record Checked(string Name, List<string> Captions, string Fault = "", bool IsMissing = false, int Width = 0, int Height = 0);
}
