using System.CommandLine;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>The options of the command `train`. What is not given is the library's default.</summary>
internal sealed class TrainSettings
{
    private static readonly Dictionary<string, RnnCell> Cells = new()
    {
        ["lstm"] = RnnCell.Lstm,
        ["gru"] = RnnCell.Gru,
        ["gru-reset-after"] = RnnCell.GruResetAfter,
        ["elman"] = RnnCell.Elman,
        ["mingru"] = RnnCell.MinGru,
        ["none"] = RnnCell.None,
    };

    public Option<FileInfo> Train { get; } = new("--train") { Description = "The file to learn from.", Required = true };

    public Option<FileInfo?> Validation { get; } = new("--validation") { Description = "Rows to choose the best epoch by; a tenth of the training rows if not given." };

    public Option<FileInfo?> Test { get; } = new("--test") { Description = "Rows to measure on; the validation rows if not given." };

    public Option<string?> Format { get; } = new("--format") { Description = "tsv: columns between tabs, quotes as they are; csv: columns between commas, quoted (RFC 4180). By the file's extension if not given." };

    public Option<bool> HasHeader { get; } = new("--has-header") { Description = "The first line of each file is names." };

    public Option<int?> TextColumn { get; } = new("--text-column") { Description = "The column of the text, from 0; the one with the most characters if not given." };

    public Option<int?> LabelColumn { get; } = new("--label-column") { Description = "The column of the label, from 0; of the others the one with the fewest different values if not given." };

    public Option<string> Task { get; } = new("--task") { Description = "What is learned.", DefaultValueFactory = _ => "multiclass" };

    public Option<string> Cell { get; } = new("--cell") { Description = "The recurrent cell; none is a bag of words.", DefaultValueFactory = _ => "lstm" };

    public Option<int> Layers { get; } = new("--layers") { Description = "Layers, one upon another.", DefaultValueFactory = _ => new RnnNetworkOptions().Layers };

    public Option<int> Hidden { get; } = new("--hidden") { Description = "The size of the state of one direction.", DefaultValueFactory = _ => new RnnNetworkOptions().HiddenSize };

    public Option<bool> Bidirectional { get; } = new("--bidirectional") { Description = "Whether a second recurrence reads from the end.", DefaultValueFactory = _ => new RnnNetworkOptions().Bidirectional };

    public Option<string?> Pooling { get; } = new("--pooling") { Description = "How states become one vector; max if not given, for a bag of words mean." };

    public Option<string> Tokenization { get; } = new("--tokenization") { Description = "How text is cut.", DefaultValueFactory = _ => "word" };

    public Option<FileInfo?> Vectors { get; } = new("--vectors") { Description = "Word vectors to begin with, as text (GloVe or fastText)." };

    public Option<int> Epochs { get; } = new("--epochs") { Description = "At most so many passes over the data.", DefaultValueFactory = _ => new RnnTrainingOptions().MaxEpochs };

    public Option<int> Seed { get; } = new("--seed") { Description = "The seed of everything random.", DefaultValueFactory = _ => 1 };

    public Option<int> Threads { get; } = new("--threads") { Description = "Threads for training; 0 for one per core.", DefaultValueFactory = _ => 0 };

    public Option<FileInfo?> Model { get; } = new("--model") { Description = "Where the model goes, to be loaded with ML.Model.Load or `predict`." };

    public Option<FileInfo?> Onnx { get; } = new("--onnx") { Description = "Where the network goes as an ONNX graph, with its vocabulary beside it." };

    public Command Command(Func<ParseResult, int> run)
    {
        Format.AcceptOnlyFromAmong("tsv", "csv");
        Task.AcceptOnlyFromAmong(TextTask.Names);
        Cell.AcceptOnlyFromAmong([.. Cells.Keys]);
        Pooling.AcceptOnlyFromAmong("last", "mean", "max", "attention", "lastmaxmean");
        Tokenization.AcceptOnlyFromAmong("word", "whitespace", "character");
        var command = new Command("train", "Learns from a file of one's own, measures, and saves.")
        {
            Train, Validation, Test, Format, HasHeader, TextColumn, LabelColumn, Task, Cell, Layers, Hidden, Bidirectional, Pooling, Tokenization, Vectors, Epochs, Seed, Threads, Model, Onnx,
        };
        command.SetAction(run);
        return command;
    }

    public RnnNetworkOptions Network(ParseResult result)
    {
        var network = new RnnNetworkOptions
        {
            Cell = Cells[result.GetRequiredValue(Cell)],
            Layers = result.GetValue(Layers),
            HiddenSize = result.GetValue(Hidden),
            Bidirectional = result.GetValue(Bidirectional),
            EmbeddingSize = result.GetValue(Vectors) is { } vectors ? VectorSize(vectors) : new RnnNetworkOptions().EmbeddingSize,
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

    /// <summary>The second line of a file of word vectors is one in either format.</summary>
    private static int VectorSize(FileInfo file)
    {
        if (!file.Exists) throw new FileException($"{file}: there is no such file");
        string line = File.ReadLines(file.FullName).Skip(1).FirstOrDefault() ?? throw new FileException($"{file}: expected a word and its numbers a line, got less than two lines");
        int size = line.TrimEnd().Split(' ').Length - 1;
        return size > 0 ? size : throw new FileException($"{file}, line 2: expected a word and its numbers, separated by blanks");
    }
}
