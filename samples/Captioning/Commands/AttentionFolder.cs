using MlNetRnn.Samples.Captions;
using SkiaSharp;

namespace MlNetRnn.Samples.Captioning;

/// <summary>A folder of pictures of attention, each with the name of its image.</summary>
internal sealed class AttentionFolder
{
    private readonly DirectoryInfo _folder;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="folder">The folder, which is created if it does not exist.</param>
    public AttentionFolder(DirectoryInfo folder)
    {
        _folder = folder;
        folder.Create();
    }

    /// <summary>Draws the picture of an image.</summary>
    /// <param name="path">The image file.</param>
    /// <param name="caption">Its caption.</param>
    /// <exception cref="FileException">The model has no attention.</exception>
    public void Draw(string path, RnnCaption caption)
    {
        if (caption.Attention.Count == 0)
        {
            throw new FileException(
                "--attention: expected a model with attention, got one without. Train one with --attention grid, proposals or transformer.");
        }
        string name = Path.GetFileNameWithoutExtension(path);
        // Images of different folders or types may have the same name.
        string free = name;
        for (int i = 2; !_names.Add(free); i++) free = $"{name}-{i}";
        using SKBitmap image = ImageFile.Read(path, out string fault) ?? throw new FileException($"{path}: {fault}");
        AttentionPicture.Draw(image, caption, Path.Combine(_folder.FullName, $"{free}.png"));
    }
}
