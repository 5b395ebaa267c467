using System.CommandLine;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>The options of the command `train`. What is not given is the library's default.</summary>
internal sealed class TrainSettings() : TrainOptions(new RnnNetworkOptions())
{
    public Option<string?> Format { get; } = new("--format") { Description = "tsv: columns between tabs, quotes as they are; csv: columns between commas, quoted (RFC 4180). By the file's extension if not given." };

    public Option<bool> HasHeader { get; } = new("--has-header") { Description = "The first line of each file is names." };

    public Option<int?> TextColumn { get; } = new("--text-column") { Description = "The column of the text, from 0; the one with the most characters if not given." };

    public Option<int?> LabelColumn { get; } = new("--label-column") { Description = "The column of the label, from 0; of the others the one with the fewest different values if not given." };

    public Option<string> Task { get; } = new("--task") { Description = "What is learned.", DefaultValueFactory = _ => "multiclass" };

    public Option<bool> Bidirectional { get; } = new("--bidirectional") { Description = "Whether a second recurrence reads from the end.", DefaultValueFactory = _ => new RnnNetworkOptions().Bidirectional };

    public Option<string?> Pooling { get; } = new("--pooling") { Description = "How states become one vector; max if not given, for a bag of words mean." };

    public Option<string> Tokenization { get; } = new("--tokenization") { Description = "How text is cut.", DefaultValueFactory = _ => "word" };

    public Command Command(Func<ParseResult, int> run)
    {
        Format.AcceptOnlyFromAmong("tsv", "csv");
        Task.AcceptOnlyFromAmong(TextTask.Names);
        Pooling.AcceptOnlyFromAmong("last", "mean", "max", "attention", "lastmaxmean");
        Tokenization.AcceptOnlyFromAmong("word", "whitespace", "character");
        return Command(run, Train, Validation, Test, Format, HasHeader, TextColumn, LabelColumn, Task, Cell, Layers, Hidden, Bidirectional, Pooling, Tokenization, Vectors, Epochs, Seed, Threads, Model, Onnx);
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

    public TableFile Table(ParseResult result, FileInfo file)
    {
        string format = result.GetValue(Format) ?? (file.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) ? "csv" : "tsv");
        return new TableFile(file.ToString(), Enum.Parse<TableFormat>(format, ignoreCase: true), result.GetValue(HasHeader));
    }
}
