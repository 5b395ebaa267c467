using System.CommandLine;

namespace MlNetRnn.Samples;

/// <summary>The command line of a sample: without arguments the whole way on built-in data; `predict`, and what else the sample has, for one's own.</summary>
/// <param name="name">The sample; the folder under artifacts that pictures and models go to.</param>
/// <param name="description">What it does.</param>
/// <param name="run">What is done where no command is given, and where models and pictures go then.</param>
/// <param name="own">The sample's own commands and options.</param>
/// <param name="predictDescription">What `predict` reads and writes.</param>
/// <param name="predict">What it does.</param>
internal sealed class SampleProgram(string name, string description, Func<ParseResult, DirectoryInfo, int> run, IEnumerable<Symbol> own, string predictDescription, Func<FileInfo, int> predict)
{
    /// <returns>The exit code.</returns>
    public int Run(string[] args)
    {
        var output = new Option<DirectoryInfo>("--output")
        {
            Description = "Where models and pictures go.",
            DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("artifacts", name)),
        };
        var model = new Option<FileInfo>("--model") { Description = "A model that this sample saved.", Required = true };
        var predictCommand = new Command("predict", predictDescription) { model };
        predictCommand.SetAction(result => predict(result.GetRequiredValue(model)));
        var root = new RootCommand(description) { output };
        foreach (Command command in own.OfType<Command>()) root.Add(command);
        foreach (Option option in own.OfType<Option>()) root.Add(option);
        root.Add(predictCommand);
        root.SetAction(result => Run(result, result.GetRequiredValue(output)));

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return parsed.Invoke();
        // One line, as for every other fault of the user's; the help would bury it.
        string which = parsed.CommandResult.Command == root ? name : parsed.CommandResult.Command.Name;
        IEnumerable<string> words = parsed.Errors.SelectMany(error => error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Console.Error.WriteLine($"{which}: {string.Join(' ', words)} (--help lists all options)");
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
