using System.CommandLine;

namespace MlNetRnn.Samples.Grid;

/// <summary>The options of the command `predict`.</summary>
internal sealed class PredictImageSettings
{
    private readonly Argument<string[]> _images = new("IMAGE") { Description = $"Image files: {DecodedImage.Kinds}.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<bool> _invert = new("--invert")
    {
        Description = "Exchange black and white, such as for dark digits on light paper and a model of MNIST, whose digits are light.",
    };

    public Option<FileInfo> Model { get; } = new("--model") { Description = "A model that this sample saved.", Required = true };

    public Command Command(Func<ParseResult, int> run)
    {
        var command = new Command(
            "predict", "Writes a line for each image: path TAB class TAB probability. A file that cannot be used is reported on standard error, and the others "
                + "go on.") { Model, _invert, _images };
        command.SetAction(run);
        return command;
    }

    public string[] Images(ParseResult result) => result.GetRequiredValue(_images);

    public bool IsInverted(ParseResult result) => result.GetValue(_invert);
}
