using System.CommandLine;

namespace MlNetRnn.Samples.Tags;

/// <summary>The options for reading the user's files of sequences and tags.</summary>
public sealed class TaggedOptions
{
    public const string FormatDescription =
        "conllu: the ten columns of Universal Dependencies; conll: one word per line, its columns separated by blanks or tabs; frames: one frame per line, "
        + "its numbers separated by blanks, tabs, semicolons or commas, and its tag last. Empty lines separate sequences. "
        + "Default: inferred from the extension (.conllu; .conll, .iob, .bio, .tsv), or else from the first lines.";

    public Option<int?> TokenColumn { get; } = new("--token-column")
    {
        Description = "The column of the words, from 0; negative numbers count from the last column, -1. Default: 1 for conllu, 0 for conll.",
    };

    public Option<int?> TagColumn { get; } = new("--tag-column")
    {
        Description = "The column of the tags, from 0; negative numbers count from the last column, -1. Default: 3 for conllu, -1 for conll.",
    };

    public Option<bool> SkipComments { get; } = new("--skip-comments")
    {
        Description = "Skips comments: lines before the words of a sentence that begin with # and a blank or tab; for frames all lines that begin with #. "
            + "Default: such lines are data, except in conllu, whose comments are always skipped.",
    };

    public Option[] All => [TokenColumn, TagColumn, SkipComments];

    /// <param name="result">The command line.</param>
    /// <param name="format">The format; <see langword="null"/> to infer it from the files.</param>
    /// <param name="train">The training files.</param>
    /// <exception cref="FileException">The format is not clear, or has no such columns.</exception>
    public TaggedFormat FormatOf(ParseResult result, string? format, string[] train)
    {
        string name = format ?? FormatGuess.Of(train);
        if (format is null) Console.WriteLine($"Format: {name} (--format changes it).");
        return TaggedFormat.Create(name, new FormatOptions(result.GetValue(TokenColumn), result.GetValue(TagColumn), result.GetValue(SkipComments)));
    }
}
