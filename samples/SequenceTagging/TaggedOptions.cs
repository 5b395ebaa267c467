using System.CommandLine;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>The options that say how the user's files of sequences and tags are read.</summary>
internal sealed class TaggedOptions
{
    public const string FormatDescription =
        "conllu: the ten columns of Universal Dependencies; conll: a word a line, its columns separated by blanks or tabs; frames: a frame a line, numbers separated by blanks or commas, its tag last. Empty lines between sequences.";

    public Option<int?> TokenColumn { get; } = new("--token-column") { Description = "The column of the words, from 0; 1 for conllu and 0 for conll if not given." };

    public Option<int?> TagColumn { get; } = new("--tag-column") { Description = "The column of the tags, from 0; 3 for conllu and the last for conll if not given." };

    /// <exception cref="FileException">The format has no such columns.</exception>
    public TaggedFormat FormatOf(ParseResult result, string format) => TaggedFormat.Create(format, result.GetValue(TokenColumn), result.GetValue(TagColumn));
}
