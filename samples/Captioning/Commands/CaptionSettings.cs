using System.CommandLine;

namespace MlNetRnn.Samples.Captioning;

/// <summary>The options of the command `caption`.</summary>
internal sealed class CaptionSettings
{
    private readonly Argument<string[]> _images = new("IMAGE")
    {
        Description = "Image files: JPEG, PNG, GIF, BMP or WebP.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> _beam = new("--beam") { Description = "Width of the beam search. Default: that of the model." };

    private readonly Option<FileInfo?> _boxes = new("--boxes")
    {
        Description = "The boxes of the images, for a model that was trained with --attention proposals: a file as for `train`.",
    };

    public Option<FileInfo> Model { get; } = new("--model") { Description = "A model that this sample saved.", Required = true };

    public Option<DirectoryInfo?> Attention { get; } = new("--attention")
    {
        Description = "A folder for pictures of the attention for each word of a caption. Default: no pictures.",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        var command = new Command(
            "caption", "Writes a line for each image: path TAB caption. A file that cannot be used is reported on standard error, and the others go on.");
        foreach (Option option in new Option[] { Model, _beam, _boxes, Attention }) command.Add(option);
        command.Add(_images);
        command.SetAction(run);
        return command;
    }

    public string[] Images(ParseResult result) => result.GetRequiredValue(_images);

    /// <summary>Returns the boxes of the images; null for a model that reads none.</summary>
    /// <exception cref="FileException">The model and the option do not fit.</exception>
    public BoxFile? Boxes(ParseResult result, RnnCaptioningTransformer model)
    {
        FileInfo? file = result.GetValue(_boxes);
        bool isRead = model.BoxesColumnName is not null;
        if (isRead && file is null) throw new FileException("--boxes: expected a file, because the model was trained with boxes, got none.");
        if (!isRead && file is not null) throw new FileException("--boxes: expected none, because the model reads no boxes, got a file. Leave it out.");
        return file is null ? null : new BoxFile($"{file}");
    }

    /// <summary>Returns how captions are found.</summary>
    /// <exception cref="FileException">The width of the beam is not possible.</exception>
    public RnnTranslationDecodingOptions Of(ParseResult result, RnnTranslationDecodingOptions model)
    {
        int beam = result.GetValue(_beam) ?? model.BeamWidth;
        return beam >= 1 ? model with { BeamWidth = beam } : throw new FileException($"--beam: expected 1 or more, got {beam}.");
    }
}
