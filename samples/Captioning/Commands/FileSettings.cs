using System.CommandLine;
using Microsoft.ML;

namespace MlNetRnn.Samples.Captioning;

/// <summary>The options for the files of the command `train`.</summary>
internal sealed class FileSettings
{
    private readonly Option<DirectoryInfo> _images = new("--images")
    {
        Description = "The folder of the image files: JPEG, PNG, GIF, BMP or WebP.",
        Required = true,
    };

    private readonly Option<FileInfo> _captions = new("--captions")
    {
        Description = "The training captions: a UTF-8 file with the name of an image file, a tab and a caption in each line. An image can have several lines. "
            + "Files may be compressed with gzip.",
        Required = true,
    };

    private readonly Option<FileInfo?> _validation = new("--validation-captions")
    {
        Description = "The captions of the images that select the best epoch. Default: a tenth of the training images.",
    };

    private readonly Option<FileInfo?> _test = new("--test-captions")
    {
        Description = "The captions of the images on which the model is measured. Default: the validation images.",
    };

    private readonly Option<FileInfo?> _boxes = new("--boxes")
    {
        Description = "The boxes of --attention proposals: a file with the name of an image file, left, top, width and height in pixels in each line, "
            + "separated by tabs. A second column with a category and a first line with names are skipped.",
    };

    private readonly Option<DirectoryInfo?> _cache = new("--cache")
    {
        Description = "A folder for the features of images, so that the next training on them starts sooner. Default: none.",
    };

    private readonly Option<bool> _lowerCase = new("--lower-case") { Description = "Makes all captions lowercase." };

    public Option[] All => [_images, _captions, _validation, _test, _boxes, _cache, _lowerCase];

    /// <summary>Reads the files.</summary>
    /// <exception cref="FileException">A file or an option cannot be used.</exception>
    /// <exception cref="FormatException">A line of a file cannot be used.</exception>
    public CaptionData Read(MLContext ml, RegionReading reading, ParseResult result)
    {
        FileInfo? boxes = result.GetValue(_boxes);
        if (boxes is null && reading == RegionReading.Proposals)
            throw new FileException("--boxes: expected a file, because --attention proposals reads boxes, got none.");
        if (boxes is not null && reading != RegionReading.Proposals)
            throw new FileException("--boxes: expected none, because only --attention proposals reads boxes, got a file. Leave it out, or change --attention.");
        var images = new UserImages($"{result.GetRequiredValue(_images)}", boxes is null ? null : new BoxFile($"{boxes}"));
        return CaptionData.Read(
            images, new CaptionFile($"{result.GetRequiredValue(_captions)}"), Open(result.GetValue(_validation)), Open(result.GetValue(_test)),
            result.GetValue(_lowerCase), new ImageFeatures(ml, reading, result.GetValue(_cache)?.ToString()));
    }

    private static CaptionFile? Open(FileInfo? file) => file is null ? null : new CaptionFile($"{file}");
}
