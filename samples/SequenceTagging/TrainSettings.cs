using System.CommandLine;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>The options of the command `train`. The defaults are those of the library.</summary>
internal sealed class TrainSettings() : TrainOptions(new RnnTaggingNetworkOptions())
{
    private static readonly Dictionary<string, RnnTagDependency> Dependencies = new()
    {
        ["auto"] = RnnTagDependency.Auto,
        ["on"] = RnnTagDependency.Crf,
        ["off"] = RnnTagDependency.None,
    };

    private static readonly Dictionary<string, RnnCharacterEncoder> CharacterEncoders = new()
    {
        ["lstm"] = RnnCharacterEncoder.Lstm,
        ["cnn"] = RnnCharacterEncoder.Convolution,
        ["none"] = RnnCharacterEncoder.None,
    };

    private readonly TaggedOptions _tagged = new();

    private readonly Option<string?> _format = new("--format") { Description = TaggedOptions.FormatDescription };

    public Option<string> Crf { get; } = new("--crf")
    {
        Description = "Whether a conditional random field predicts the tags of a sequence jointly; auto: if the tags mark spans.",
        DefaultValueFactory = _ => "auto",
    };

    public Option<string> Characters { get; } = new("--characters")
    {
        Description = "The network that reads the characters of each word.",
        DefaultValueFactory = _ => "lstm",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        _format.AcceptOnlyFromAmong(TaggedFormat.Names);
        Crf.AcceptOnlyFromAmong([.. Dependencies.Keys]);
        Characters.AcceptOnlyFromAmong([.. CharacterEncoders.Keys]);
        return Command(
            run, [Train, Validation, Test, _format, .. _tagged.All, Crf, Characters, Cell, Layers, Hidden, Vectors, Epochs, Seed, Threads, Model, Onnx]);
    }

    public TaggedFormat FormatOf(ParseResult result, string[] train) => _tagged.FormatOf(result, result.GetValue(_format), train);

    public RnnSequenceTaggingOptions Tagging(ParseResult result, TaggedFormat format) => new()
    {
        InputColumnName = format.InputColumn,
        LabelColumnName = format.LabelColumn,
        FrameSize = format.FrameSize,
        Text = new RnnSequenceTaggingOptions().Text with { PretrainedVectors = result.GetValue(Vectors)?.FullName },
        Network = new RnnTaggingNetworkOptions
        {
            Cell = CellOf(result),
            Layers = result.GetValue(Layers),
            HiddenSize = result.GetValue(Hidden),
            EmbeddingSize = EmbeddingSize(result),
            Characters = CharacterEncoders[result.GetRequiredValue(Characters)],
            Dependency = Dependencies[result.GetRequiredValue(Crf)],
        },
    };
}
