using System.CommandLine;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>The options of the command `train`. The defaults are those of the library.</summary>
internal sealed class TrainSettings
{
    private static readonly RnnLanguageModelOptions Defaults = new();

    private readonly Option<FileInfo?> _validation = new("--validation")
    {
        Description = "The text that selects the best epoch. Default: the last part of the text.",
    };

    private readonly Option<double?> _validationFraction = new("--validation-fraction")
    {
        Description = "The last part of the text that is held out to select the best epoch. Default: 0.1.",
    };

    private readonly Option<string> _unit = new("--unit") { Description = "The unit that the model predicts.", DefaultValueFactory = _ => "character" };

    private readonly Option<string> _cell = new("--cell") { Description = "The recurrent cell.", DefaultValueFactory = _ => "lstm" };

    private readonly Option<int> _layers = new("--layers") { Description = "Number of stacked layers.", DefaultValueFactory = _ => Defaults.Network.Layers };

    private readonly Option<int> _hidden = new("--hidden") { Description = "Size of the state.", DefaultValueFactory = _ => Defaults.Network.HiddenSize };

    private readonly Option<int> _bptt = new("--bptt")
    {
        Description = "Number of symbols through which gradients flow.",
        DefaultValueFactory = _ => Defaults.BackpropagationSteps,
    };

    private readonly TrainingSettings _training = new(Defaults.Training, "Number of pieces of the text that are read side by side.", "text");

    public Option<FileInfo> Text { get; } = new("--text") { Description = "The text: a UTF-8 file, which may be compressed with gzip.", Required = true };

    public Option<FileInfo?> Model { get; } = new("--model")
    {
        Description = "The file for the model, which ML.Model.Load, `generate` and `score` load. Default: the model is not saved.",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        _unit.AcceptOnlyFromAmong("character", "word", "whitespace", "subword");
        _cell.AcceptOnlyFromAmong([.. CellNames.Recurrent]);
        var command = new Command("train", "Trains a model on your own text, measures it, and saves it.");
        Option[] options =
            [Text, _validation, _validationFraction, _unit, _cell, _layers, _hidden, _bptt, .. _training.All, Model];
        foreach (Option option in options) command.Add(option);
        command.SetAction(run);
        return command;
    }

    /// <summary>Returns the file of the validation text; null for the last part of the text.</summary>
    /// <exception cref="FileException">A share is given as well.</exception>
    public FileInfo? Validation(ParseResult result) => result.GetValue(_validation) is not null && result.GetValue(_validationFraction) is not null
        ? throw new FileException("--validation: expected either --validation or --validation-fraction, got both. Leave one out.")
        : result.GetValue(_validation);

    public RnnLanguageUnit Unit(ParseResult result) => Enum.Parse<RnnLanguageUnit>(result.GetRequiredValue(_unit), ignoreCase: true);

    public int Seed(ParseResult result) => _training.Seed(result);

    /// <summary>Returns the options of the trainer, without validation data.</summary>
    /// <exception cref="FileException">The duration is not possible.</exception>
    public RnnLanguageModelOptions Of(ParseResult result) => new()
    {
        InputColumnName = nameof(Texts.TextRow.Text),
        SymbolLogProbabilitiesColumnName = ScoreCommand.SymbolColumn,
        Unit = Unit(result),
        JoinRows = true,
        BackpropagationSteps = result.GetValue(_bptt),
        Network = new RnnLanguageNetworkOptions
        {
            Cell = CellNames.Of(result.GetRequiredValue(_cell)),
            Layers = result.GetValue(_layers),
            HiddenSize = result.GetValue(_hidden),
        },
        Training = _training.Of(result) with
        {
            ValidationFraction = result.GetValue(_validationFraction) ?? Defaults.Training.ValidationFraction,
        },
    };
}
