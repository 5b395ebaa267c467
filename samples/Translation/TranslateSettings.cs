using System.CommandLine;

namespace MlNetRnn.Samples.Translation;

/// <summary>The options of the command `translate`.</summary>
internal sealed class TranslateSettings
{
    private readonly Option<int?> _beam = new("--beam") { Description = "Width of the beam search. Default: that of the model." };

    private readonly Option<int> _nBest = new("--n-best")
    {
        Description = "Number of translations of each line. With more than 1, a line of the output is: number of the line TAB rank TAB score TAB translation.",
        DefaultValueFactory = _ => 1,
    };

    public Option<FileInfo> Model { get; } = new("--model") { Description = "A model that this sample saved.", Required = true };

    /// <summary>The target language.</summary>
    public Option<string?> To { get; } = new("--to") { Description = "The language to translate to, for a model of several languages." };

    public Option<DirectoryInfo?> Attention { get; } = new("--attention")
    {
        Description = "A folder for a picture of the alignment of each line. Default: no pictures.",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        var command = new Command("translate", "Reads UTF-8 text from standard input and writes a translation for each line. An empty line remains empty.");
        foreach (Option option in new Option[] { Model, To, _beam, _nBest, Attention }) command.Add(option);
        command.SetAction(run);
        return command;
    }

    /// <summary>Returns how the lines are translated.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="model">How the model finds translations.</param>
    /// <exception cref="FileException">A number is not possible.</exception>
    public RnnTranslationDecodingOptions Of(ParseResult result, RnnTranslationDecodingOptions model)
    {
        int nBest = result.GetValue(_nBest), beam = result.GetValue(_beam) ?? Math.Max(model.BeamWidth, nBest);
        if (beam < 1) throw new FileException($"--beam: expected 1 or more, got {beam}.");
        return nBest >= 1 && nBest <= beam
            ? model with { BeamWidth = beam, NBest = nBest }
            : throw new FileException($"--n-best: expected 1 to {beam}, the width of the beam, got {nBest}. Change it, or give a wider --beam.");
    }
}
