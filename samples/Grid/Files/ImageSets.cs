using System.Globalization;
using SkiaSharp;

namespace MlNetRnn.Samples.Grid;

/// <summary>Reads labeled images from files.</summary>
internal static class ImageSets
{
    private static readonly int MostPixels = new RnnGridClassificationOptions().MaximumCells;

    /// <summary>Reads images and their labels from two IDX files.</summary>
    /// <exception cref="FileException">A file is not in the IDX format, or the numbers of images and labels differ.</exception>
    public static GrayImage[] FromIdx(FileInfo images, FileInfo labels)
    {
        (var pictures, var classes) = (new IdxFile(images, dimensions: 3), new IdxFile(labels, dimensions: 1));
        if (pictures.Sizes[0] != classes.Sizes[0])
            throw new FileException($"{labels}: expected {pictures.Sizes[0]} labels, one for each image of {images}, got {classes.Sizes[0]}.");
        if (pictures.Sizes[0] == 0 || pictures.Sizes[1] == 0 || pictures.Sizes[2] == 0)
            throw new FileException($"{images}: expected images, got {string.Join(" × ", pictures.Sizes)} pixels.");
        (int height, int width) = ((int)pictures.Sizes[1], (int)pictures.Sizes[2]);
        return [.. Enumerable.Range(0, (int)pictures.Sizes[0]).Select(i =>
            new GrayImage(height, width, pictures[i].ToArray(), classes[i][0].ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>Reads the images of a folder, whose subfolders are the classes. A file that is not an image is reported and left out.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="size">Height and width to which the images are resized; null for their own.</param>
    /// <exception cref="FileException">The folder has no subfolder with an image.</exception>
    public static GrayImage[] FromFolder(DirectoryInfo folder, (int Height, int Width)? size)
    {
        if (!folder.Exists) throw new FileException($"{folder}: there is no such folder");
        var images = new List<GrayImage>();
        foreach (DirectoryInfo label in folder.EnumerateDirectories().OrderBy(label => label.Name, StringComparer.Ordinal))
            foreach (FileInfo file in label.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
                if (ImageFile.IsNamedAsImage(file.Name) && Read(file.FullName, size, label.Name, "train") is { } image) images.Add(image);
        return images.Count > 0 ? [.. images] : throw new FileException($"{folder}: expected a subfolder with images for each class, got no image.");
    }

    /// <summary>Returns a size, if an image can have it.</summary>
    /// <exception cref="FileException">The size has too many pixels.</exception>
    public static (int Height, int Width) Allowed((int Height, int Width) size) => (long)size.Height * size.Width <= MostPixels
        ? size
        : throw new FileException($"--size: expected at most {MostPixels:N0} pixels, got {size.Height} × {size.Width}. Give a smaller one.");

    /// <summary>Reads an image file; null if it cannot be used, after a line on standard error.</summary>
    public static GrayImage? Read(string path, (int Height, int Width)? size, string label, string command)
    {
        using SKBitmap? image = ImageFile.Read(path, out string fault);
        if (image is not null && (size is not null || image.Width * image.Height <= MostPixels)) return GrayImage.Of(image, size, label);
        if (image is not null) fault = $"expected at most {MostPixels:N0} pixels without --size, got {image.Width} × {image.Height}. Give --size";
        Console.Error.WriteLine($"{command}: {path}: {fault}");
        return null;
    }
}
