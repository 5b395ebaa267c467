using System.CommandLine;

namespace MlNetRnn.Samples;

/// <summary>The options of the command `train` that do not depend on what is learned. What is not given is the library's default.</summary>
/// <param name="network">The library's defaults for the network.</param>
internal abstract class TrainOptions(RnnEncoderOptions network)
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

    public Option<string> Cell { get; } = new("--cell") { Description = "The recurrent cell; none is no recurrence.", DefaultValueFactory = _ => "lstm" };

    public Option<int> Layers { get; } = new("--layers") { Description = "Layers, one upon another.", DefaultValueFactory = _ => network.Layers };

    public Option<int> Hidden { get; } = new("--hidden") { Description = "The size of the state of one direction.", DefaultValueFactory = _ => network.HiddenSize };

    public Option<FileInfo?> Vectors { get; } = new("--vectors") { Description = "Word vectors to begin with, as text (GloVe or fastText)." };

    public Option<int> Epochs { get; } = new("--epochs") { Description = "At most so many passes over the data.", DefaultValueFactory = _ => new RnnTrainingOptions().MaxEpochs };

    public Option<int> Seed { get; } = new("--seed") { Description = "The seed of everything random.", DefaultValueFactory = _ => 1 };

    public Option<int> Threads { get; } = new("--threads") { Description = "Threads for training; 0 for one per core.", DefaultValueFactory = _ => 0 };

    public Option<FileInfo?> Model { get; } = new("--model") { Description = "Where the model goes, to be loaded with ML.Model.Load or `predict`." };

    public Option<FileInfo?> Onnx { get; } = new("--onnx") { Description = "Where the network goes as an ONNX graph, with its vocabulary beside it." };

    /// <summary>The command with these options in this order.</summary>
    protected Command Command(Func<ParseResult, int> run, params Option[] options)
    {
        Cell.AcceptOnlyFromAmong([.. Cells.Keys]);
        var command = new Command("train", "Learns from a file of one's own, measures, and saves.");
        foreach (Option option in options) command.Add(option);
        command.SetAction(run);
        return command;
    }

    public RnnCell CellOf(ParseResult result) => Cells[result.GetRequiredValue(Cell)];

    public RnnTrainingOptions Training(ParseResult result, IProgress<RnnTrainingProgress> progress) => new()
    {
        MaxEpochs = result.GetValue(Epochs),
        Seed = result.GetValue(Seed),
        Threads = result.GetValue(Threads),
        Progress = progress,
    };

    /// <summary>The size of a word vector: that of the file where there is one. Its second line is a word and its numbers in either format.</summary>
    public int EmbeddingSize(ParseResult result)
    {
        if (result.GetValue(Vectors) is not { } file) return network.EmbeddingSize;
        if (!file.Exists) throw new FileException($"{file}: there is no such file");
        string line = File.ReadLines(file.FullName).Skip(1).FirstOrDefault() ?? throw new FileException($"{file}: expected a word and its numbers a line, got less than two lines");
        int size = line.TrimEnd().Split(' ').Length - 1;
        return size > 0 ? size : throw new FileException($"{file}, line 2: expected a word and its numbers, separated by blanks");
    }

    /// <summary>Before the work, not after it.</summary>
    /// <exception cref="FileException">The model could not be written.</exception>
    public void RefuseUnwritable(ParseResult result)
    {
        WritableFile.Expect(result.GetValue(Model));
        WritableFile.Expect(result.GetValue(Onnx));
    }
}
