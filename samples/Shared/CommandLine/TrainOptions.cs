using System.CommandLine;
using Microsoft.ML;

namespace MlNetRnn.Samples;

/// <summary>The options of the command `train` that are the same for all kinds of models. The defaults are those of the library.</summary>
/// <param name="network">The library's defaults for the network.</param>
public abstract class TrainOptions(RnnEncoderOptions network)
{
    public Option<FileInfo[]> Train { get; } = InputFiles.Option("--train", "The training file.", isRequired: true);

    public Option<FileInfo[]> Validation { get; } = InputFiles.Option(
        "--validation", "The file of held-out rows, which determine the best epoch. Default: a tenth of the training rows.");

    public Option<FileInfo[]> Test { get; } = InputFiles.Option(
        "--test", "The file of test rows. Default: the validation rows. A metric that is not defined on them is printed as n/a.");

    public Option<string> Cell { get; } = new("--cell") { Description = "The recurrent cell; none: no recurrence.", DefaultValueFactory = _ => "lstm" };

    public Option<int> Layers { get; } = new("--layers") { Description = "Number of stacked layers.", DefaultValueFactory = _ => network.Layers };

    public Option<int> Hidden { get; } = new("--hidden")
    {
        Description = "Size of the state of each direction.",
        DefaultValueFactory = _ => network.HiddenSize,
    };

    public Option<FileInfo?> Vectors { get; } = new("--vectors")
    {
        Description = "Pretrained word vectors as text (GloVe, fastText, word2vec). Default: none.",
    };

    public Option<int> Epochs { get; } = new("--epochs")
    {
        Description = "Maximum number of passes over the training rows.",
        DefaultValueFactory = _ => new RnnTrainingOptions().MaxEpochs,
    };

    public Option<int> Seed { get; } = new("--seed") { Description = "Seed of all random numbers.", DefaultValueFactory = _ => 1 };

    public Option<int> Threads { get; } = new("--threads") { Description = "Number of training threads; 0: one per core.", DefaultValueFactory = _ => 0 };

    public Option<FileInfo?> Model { get; } = new("--model")
    {
        Description = "The file for the model, which ML.Model.Load and `predict` load. Default: the model is not saved.",
    };

    public Option<FileInfo?> Onnx { get; } = new("--onnx")
    {
        Description = "The file for the network as an ONNX graph; its vocabulary is written next to it. Default: not written.",
    };

    /// <summary>Creates the command with these options in this order.</summary>
    protected Command Command(Func<ParseResult, int> run, params Option[] options)
    {
        Cell.AcceptOnlyFromAmong([.. CellNames.All]);
        var command = new Command("train", "Trains a model on your own files, measures it, and saves it.");
        foreach (Option option in options) command.Add(option);
        command.SetAction(run);
        return command;
    }

    public RnnCell CellOf(ParseResult result) => CellNames.Of(result.GetRequiredValue(Cell));

    public RnnTrainingOptions Training(ParseResult result, IProgress<RnnTrainingProgress> progress) => new()
    {
        MaxEpochs = result.GetValue(Epochs),
        Seed = result.GetValue(Seed),
        Threads = result.GetValue(Threads),
        Progress = progress,
    };

    /// <summary>Returns the size of a word vector: that of the file of vectors if there is one.</summary>
    public int EmbeddingSize(ParseResult result)
    {
        return result.GetValue(Vectors) is { } path ? new MLContext().Data.GetWordVectorSize(path.ToString()) : network.EmbeddingSize;
    }

    /// <summary>Checks before the training that the model can be saved.</summary>
    /// <exception cref="FileException">The model could not be written.</exception>
    public void RefuseUnwritable(ParseResult result)
    {
        WritableFile.Expect(result.GetValue(Model));
        WritableFile.Expect(result.GetValue(Onnx));
    }
}
