using System.CommandLine;

namespace MlNetRnn.Samples;

/// <summary>The command `predict`.</summary>
/// <param name="description">The description in the help.</param>
/// <param name="run">The work on a model.</param>
/// <param name="options">The options in addition to the model.</param>
public sealed class PredictSettings(string description, Func<ParseResult, FileInfo, int> run, params Option[] options)
{
    private readonly Option<FileInfo> _model = new("--model") { Description = "A model that this sample saved.", Required = true };

    public Command Command()
    {
        var command = new Command("predict", description) { _model };
        foreach (Option option in options) command.Add(option);
        command.SetAction(result => run(result, result.GetRequiredValue(_model)));
        return command;
    }
}
