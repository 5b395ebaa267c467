using System.CommandLine;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>The options of the command `train`. The defaults are those of the library.</summary>
internal sealed class TrainSettings() : TrainOptions(new RnnNetworkOptions())
{
    private readonly Option<string?> _format = new("--format") { Description = TableOptions.FormatDescription };

    public TableOptions Table => field ??= new TableOptions(_format);

    public Option<string> Task { get; } = new("--task")
    {
        Description = "The kind of label. multiclass, binary: a name; regression: a number; ordinal: a number that stands for one of several ordered classes.",
        DefaultValueFactory = _ => "multiclass",
    };

    public Option<bool> Bidirectional { get; } = new("--bidirectional")
    {
        Description = "Whether a second recurrent network reads the text backward.",
        DefaultValueFactory = _ => new RnnNetworkOptions().Bidirectional,
    };

    public Option<string?> Pooling { get; } = new("--pooling")
    {
        Description = "The method that combines the states of all steps into one vector. Default: max; mean with --cell none.",
    };

    public Option<string> Tokenization { get; } = new("--tokenization") { Description = "How text is split into tokens.", DefaultValueFactory = _ => "word" };

    public Command Command(Func<ParseResult, int> run)
    {
        _format.AcceptOnlyFromAmong(TableOptions.Formats);
        Task.AcceptOnlyFromAmong(TextTask.Names);
        Pooling.AcceptOnlyFromAmong("last", "mean", "max", "attention", "lastmaxmean");
        Tokenization.AcceptOnlyFromAmong("word", "whitespace", "character");
        Table.AcceptOnlyKnownValues();
        return Command(
            run,
            [Train, Validation, Test, .. Table.All, Task, Cell, Layers, Hidden, Bidirectional, Pooling, Tokenization, Vectors,
                Epochs, Seed, Threads, Model, Onnx]);
    }

    public RnnNetworkOptions Network(ParseResult result)
    {
        var network = new RnnNetworkOptions
        {
            Cell = CellOf(result),
            Layers = result.GetValue(Layers),
            HiddenSize = result.GetValue(Hidden),
            Bidirectional = result.GetValue(Bidirectional),
            EmbeddingSize = EmbeddingSize(result),
        };
        return result.GetValue(Pooling) is { } pooling ? network with { Pooling = Enum.Parse<RnnPooling>(pooling, ignoreCase: true) } : network;
    }

    public RnnTextOptions Text(ParseResult result) => new()
    {
        Tokenization = Enum.Parse<RnnTokenization>(result.GetRequiredValue(Tokenization), ignoreCase: true),
        PretrainedVectors = result.GetValue(Vectors)?.FullName,
    };
}
