using System.CommandLine;

namespace MlNetRnn.Samples.Translation;

/// <summary>The options of the command `train`.</summary>
internal sealed class TrainSettings
{
    private static readonly RnnTranslationOptions Defaults = new();

    private readonly NetworkSettings _network = new();

    private readonly DecoderSettings _decoder = new(Defaults.Decoding.BeamWidth);

    private readonly TrainingSettings _training = new(Defaults.Training, "Maximum number of pairs per step.", "pairs");

    private readonly Option<string> _tokenize = new("--tokenize")
    {
        Description = "How BLEU divides texts into tokens: 13a, the rules of WMT; none, for texts that are already tokenized.",
        DefaultValueFactory = _ => "13a",
    };

    public PairOptions Pairs { get; } = new();

    public Option<FileInfo?> Model { get; } = new("--model")
    {
        Description = "The file for the model, which ML.Model.Load, `translate` and `score` load. Default: the model is not saved.",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        _network.AcceptOnlyKnownValues();
        _decoder.AcceptOnlyKnownValues();
        _tokenize.AcceptOnlyFromAmong("13a", "none");
        var command = new Command("train", "Trains a model on your own pairs of texts, measures it, and saves it.");
        Option[] options = [.. Pairs.All, .. _network.All, .. _decoder.All, _tokenize, .. _training.All, Model];
        foreach (Option option in options) command.Add(option);
        command.SetAction(run);
        return command;
    }

    public int Seed(ParseResult result) => _training.Seed(result);

    /// <summary>Returns how translations are compared with the references.</summary>
    public RnnTranslationEvaluationOptions Evaluation(ParseResult result) => new()
    {
        Tokenization = result.GetValue(_tokenize) == "none" ? RnnBleuTokenization.None : RnnBleuTokenization.Wmt13a,
    };

    /// <summary>Returns the options of the trainer, without validation data.</summary>
    /// <exception cref="FileException">The duration or the width of the beam is not possible.</exception>
    public RnnTranslationOptions Of(ParseResult result)
    {
        PairTableColumns columns = Pairs.Columns(result);
        return _network.Of(result) with
        {
            SourceLanguageColumnName = columns.SourceLanguage is null ? null : nameof(Pair.SourceLanguage),
            TargetLanguageColumnName = columns.TargetLanguage is null ? null : nameof(Pair.TargetLanguage),
            Sampling = _decoder.Sampling(result),
            Decoding = _decoder.Decoding(result),
            Training = _training.Of(result),
        };
    }
}
