using System.CommandLine;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>The options of the command `generate`. The defaults are those of the library.</summary>
internal sealed class GenerateSettings
{
    private static readonly RnnGenerationOptions Defaults = new();

    private readonly Option<int> _length = new("--length")
    {
        Description = "Maximum number of symbols: characters, words or subwords.",
        DefaultValueFactory = _ => Defaults.MaximumLength,
    };

    private readonly Option<float> _temperature = new("--temperature")
    {
        Description = "Less than 1 prefers probable symbols; 0 always takes the most probable one.",
        DefaultValueFactory = _ => Defaults.Temperature,
    };

    private readonly Option<int> _topK = new("--top-k") { Description = "Draws from the K most probable symbols; 0: from all.", DefaultValueFactory = _ => 0 };

    private readonly Option<float> _topP = new("--top-p")
    {
        Description = "Draws from the most probable symbols that have this share of the probability.",
        DefaultValueFactory = _ => Defaults.TopP,
    };

    private readonly Option<int> _beam = new("--beam")
    {
        Description = "Searches for a probable text with a beam of this width instead of drawing symbols; 0: no search.",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<int?> _seed = new("--seed") { Description = "Seed of the random numbers. Default: another text each time." };

    public Option<FileInfo> Model { get; } = new("--model") { Description = "A model that this sample saved.", Required = true };

    public Option<string> Prompt { get; } = new("--prompt")
    {
        Description = "The beginning, which the text continues. It is not printed.",
        DefaultValueFactory = _ => "",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        var command = new Command("generate", "Generates a text and writes it, and nothing else, to standard output.");
        foreach (Option option in new Option[] { Model, Prompt, _length, _temperature, _topK, _topP, _beam, _seed }) command.Add(option);
        command.SetAction(run);
        return command;
    }

    public RnnGenerationOptions Of(ParseResult result) => new()
    {
        MaximumLength = result.GetValue(_length),
        Temperature = result.GetValue(_temperature),
        TopK = result.GetValue(_topK),
        TopP = result.GetValue(_topP),
        BeamWidth = result.GetValue(_beam),
        Seed = result.GetValue(_seed),
    };
}
