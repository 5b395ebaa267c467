using System.CommandLine;

namespace MlNetRnn.Samples;

/// <summary>
/// The command line of a sample: without arguments a demo on built-in data; `predict`, and the other commands of the sample, for the user's own.
/// </summary>
/// <param name="name">The sample; the folder under artifacts for pictures and models.</param>
/// <param name="description">The description in the help.</param>
/// <param name="run">The work without a command, and the folder for its models and pictures.</param>
/// <param name="own">The sample's own commands and options.</param>
/// <param name="predict">The command `predict`; null for none.</param>
public sealed class SampleProgram(
    string name, string description, Func<ParseResult, DirectoryInfo, int> run, IEnumerable<Symbol> own, PredictSettings? predict = null)
{
    /// <returns>The exit code.</returns>
    public int Run(string[] args)
    {
        var output = new Option<DirectoryInfo>("--output")
        {
            Description = "The folder for models and pictures.",
            DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("artifacts", name)),
        };
        var root = new RootCommand(description) { output };
        foreach (Command command in own.OfType<Command>()) root.Add(command);
        foreach (Option option in own.OfType<Option>()) root.Add(option);
        if (predict is not null) root.Add(predict.Command());
        root.SetAction(result => Run(result, result.GetRequiredValue(output)));

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return parsed.Invoke();
        // One line, as for every other error of the user; the help would bury it.
        string which = parsed.CommandResult.Command == root ? name : parsed.CommandResult.Command.Name;
        Console.Error.WriteLine($"{which}: {ParseErrors.InOneLine(parsed)} (--help lists all options)");
        return 1;
    }

    private int Run(ParseResult result, DirectoryInfo output)
    {
        try
        {
            return run(result, output);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"--output {output}: {e.Message}");
            return 1;
        }
    }
}
