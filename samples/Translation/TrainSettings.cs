using System.CommandLine;

namespace MlNetRnn.Samples.Translation;

/// <summary>The options of the command `train`.</summary>
internal sealed class TrainSettings
{
    /// <summary>The maximum number of epochs if only the time is limited.</summary>
    private const int Endless = 10_000;

    private static readonly RnnTranslationOptions Defaults = new();

    private readonly NetworkSettings _network = new();

    private readonly Option<string> _sampling = new("--sampling")
    {
        Description = "The symbol that the decoder reads during training: the true one (teacher), more and more its own predictions (scheduled), always its "
            + "own predictions, or more and more random symbols (uniform).",
        DefaultValueFactory = _ => "teacher",
    };

    private readonly Option<int> _batch = new("--batch")
    {
        Description = "Maximum number of pairs per step.",
        DefaultValueFactory = _ => Defaults.Training.BatchSize,
    };

    private readonly Option<int?> _epochs = new("--epochs")
    {
        Description = $"Maximum number of passes over the pairs. Default: {Defaults.Training.MaxEpochs}, or as many as fit into --minutes.",
    };

    private readonly Option<double?> _minutes = new("--minutes") { Description = "Duration of the training; the best epoch is kept. Default: no limit." };

    private readonly Option<int> _beam = new("--beam")
    {
        Description = "Width of the beam search, when the model is measured and later in the saved model.",
        DefaultValueFactory = _ => Defaults.Decoding.BeamWidth,
    };

    private readonly Option<string> _tokenize = new("--tokenize")
    {
        Description = "How BLEU divides texts into tokens: 13a, the rules of WMT; none, for texts that are already tokenized.",
        DefaultValueFactory = _ => "13a",
    };

    private readonly Option<int> _seed = new("--seed") { Description = "Seed of all random numbers.", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _threads = new("--threads") { Description = "Number of training threads; 0: one per core.", DefaultValueFactory = _ => 0 };

    public PairOptions Pairs { get; } = new();

    public Option<FileInfo?> Model { get; } = new("--model")
    {
        Description = "The file for the model, which ML.Model.Load, `translate` and `score` load. Default: the model is not saved.",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        _network.AcceptOnlyKnownValues();
        _sampling.AcceptOnlyFromAmong("teacher", "scheduled", "always", "uniform");
        _tokenize.AcceptOnlyFromAmong("13a", "none");
        var command = new Command("train", "Trains a model on your own pairs of texts, measures it, and saves it.");
        Option[] options = [.. Pairs.All, .. _network.All, _sampling, _batch, _epochs, _minutes, _beam, _tokenize, _seed, _threads, Model];
        foreach (Option option in options) command.Add(option);
        command.SetAction(run);
        return command;
    }

    public int Seed(ParseResult result) => result.GetValue(_seed);

    /// <summary>Returns how translations are compared with the references.</summary>
    public RnnTranslationEvaluationOptions Evaluation(ParseResult result) => new()
    {
        Tokenization = result.GetValue(_tokenize) == "none" ? RnnBleuTokenization.None : RnnBleuTokenization.Wmt13a,
    };

    /// <summary>Returns the options of the trainer, without validation data.</summary>
    /// <exception cref="FileException">The duration or the width of the beam is not possible.</exception>
    public RnnTranslationOptions Of(ParseResult result)
    {
        double? minutes = result.GetValue(_minutes);
        if (minutes is not (null or > 0 and <= 1e6))
            throw new FileException(FormattableString.Invariant($"--minutes: expected more than 0, got {minutes}."));
        int beam = result.GetValue(_beam);
        if (beam < 1) throw new FileException($"--beam: expected 1 or more, got {beam}.");
        PairTableColumns columns = Pairs.Columns(result);
        return _network.Of(result) with
        {
            SourceLanguageColumnName = columns.SourceLanguage is null ? null : nameof(Pair.SourceLanguage),
            TargetLanguageColumnName = columns.TargetLanguage is null ? null : nameof(Pair.TargetLanguage),
            Sampling = Enum.Parse<RnnTargetSampling>(result.GetRequiredValue(_sampling), ignoreCase: true),
            Decoding = new RnnTranslationDecodingOptions { BeamWidth = beam },
            Training = new RnnTrainingOptions
            {
                BatchSize = result.GetValue(_batch),
                MaxEpochs = result.GetValue(_epochs) ?? (minutes is null ? Defaults.Training.MaxEpochs : Endless),
                MaximumTime = minutes is { } time ? TimeSpan.FromMinutes(time) : null,
                // A duration without a number of epochs is used up: the learning rate decays until its end.
                Patience = minutes is not null && result.GetValue(_epochs) is null ? Endless : Defaults.Training.Patience,
                Schedule = RnnLearningRateSchedule.Linear,
                Seed = Seed(result),
                Threads = result.GetValue(_threads),
            },
        };
    }
}
