using System.CommandLine;
using MlNetRnn.Samples.Captions;
using SkiaSharp;

namespace MlNetRnn.Samples.Captioning;

/// <summary>Loads a model and captions image files. It needs the model file only; for a model of object proposals, also their boxes.</summary>
internal static class CaptionCommand
{
    /// <summary>The number of images whose features are computed together, on all cores.</summary>
    private const int Block = 16;

    public static int Run(CaptionSettings settings, ParseResult result)
    {
        SavedCaptioningModel? saved = SavedCaptioningModel.Load(result.GetRequiredValue(settings.Model), "caption");
        if (saved is null) return 1;
        int refused = 0;
        int exitCode = TrainingRun.Guard("caption", () =>
        {
            RnnTranslationDecodingOptions options = settings.Of(result, saved.Model.Decoding);
            BoxFile? boxes = settings.Boxes(result, saved.Model);
            AttentionFolder? pictures = result.GetValue(settings.Attention) is { } folder ? new AttentionFolder(folder) : null;
            foreach (string[] paths in settings.Images(result).Chunk(Block))
            {
                ImageRow[] rows = [.. paths.Select(path => Check(path, boxes)).OfType<ImageRow>()];
                refused += paths.Length - rows.Length;
                if (rows.Length == 0) continue;
                foreach ((ImageRow row, RnnCaption caption) in rows.Zip(saved.Caption(rows, options)))
                {
                    Console.WriteLine($"{row.ImagePath}\t{OneLine.Of(caption.Text)}");
                    pictures?.Draw(row.ImagePath, caption);
                }
            }
        });
        return exitCode != 0 || refused == 0 ? exitCode : 1;
    }

    /// <summary>Returns the row of an image; null if the file cannot be used, after a line on standard error.</summary>
    private static ImageRow? Check(string path, BoxFile? boxes)
    {
        using SKBitmap? image = ImageFile.Read(path, out string fault);
        if (image is not null) return new ImageRow { ImagePath = path, Boxes = boxes?.Of(NameIn(boxes, path), image.Width, image.Height) ?? [] };
        Console.Error.WriteLine($"caption: {path}: {fault}");
        return null;
    }

    /// <summary>Returns the name of an image in a file of boxes: its path as given, or the name of the file.</summary>
    private static string NameIn(BoxFile boxes, string path)
    {
        string given = path.Replace('\\', '/');
        string name = boxes.Contains(given) ? given : Path.GetFileName(path);
        if (!boxes.Contains(name)) Console.Error.WriteLine($"warning: {path}: there are no boxes of this image, so that its only region is the whole image");
        return name;
    }
}
