using System.CommandLine;

namespace MlNetRnn.Samples.Captioning;

/// <summary>The options of the command `train`. The defaults are those of the library.</summary>
internal sealed class TrainSettings
{
    /// <summary>The maximum number of epochs if only the time is limited.</summary>
    private const int Endless = 10_000;

    private static readonly RnnCaptioningOptions Defaults = new();

    private readonly Option<string> _attention = new("--attention")
    {
        Description = "What the decoder reads: one vector of the whole image (none); the 7 × 7 cells of the grid of the CNN (grid); --boxes, whose vectors are "
            + "means of cells (proposals); or cells that a spatial transformer moves and resizes (transformer).",
        DefaultValueFactory = _ => "grid",
    };

    private readonly Option<string> _cell = new("--cell") { Description = "The recurrent cell.", DefaultValueFactory = _ => "gru" };

    private readonly Option<int> _hidden = new("--hidden")
    {
        Description = "Size of the state of the decoder, and of the vector of a region.",
        DefaultValueFactory = _ => Defaults.Network.HiddenSize,
    };

    private readonly Option<float> _dropout = new("--dropout")
    {
        Description = "Probability of dropout.",
        DefaultValueFactory = _ => Defaults.Network.Dropout,
    };

    private readonly Option<string> _sampling = new("--sampling")
    {
        Description = "The symbol that the decoder reads during training: the true one (teacher), more and more its own predictions (scheduled), always its "
            + "own predictions, or more and more random symbols (uniform).",
        DefaultValueFactory = _ => "teacher",
    };

    private readonly Option<int> _batch = new("--batch")
    {
        Description = "Maximum number of captions per step.",
        DefaultValueFactory = _ => Defaults.Training.BatchSize,
    };

    private readonly Option<int?> _epochs = new("--epochs")
    {
        Description = $"Maximum number of passes over the captions. Default: {Defaults.Training.MaxEpochs}, or as many as fit into --minutes.",
    };

    private readonly Option<double?> _minutes = new("--minutes") { Description = "Duration of the training; the best epoch is kept. Default: no limit." };

    private readonly Option<int> _beam = new("--beam")
    {
        Description = "Width of the beam search, when the model is measured and later in the saved model.",
        DefaultValueFactory = _ => Defaults.Decoding.BeamWidth,
    };

    private readonly Option<int> _seed = new("--seed") { Description = "Seed of all random numbers.", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _threads = new("--threads") { Description = "Number of training threads; 0: one per core.", DefaultValueFactory = _ => 0 };

    public FileSettings Files { get; } = new();

    public Option<FileInfo?> Model { get; } = new("--model")
    {
        Description = "The file for the model, from the path of an image to its caption, which ML.Model.Load and `caption` load. "
            + "Default: the model is not saved.",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        _attention.AcceptOnlyFromAmong([.. Enum.GetNames<RegionReading>().Select(name => name.ToLowerInvariant())]);
        _cell.AcceptOnlyFromAmong([.. CellNames.Recurrent]);
        _sampling.AcceptOnlyFromAmong("teacher", "scheduled", "always", "uniform");
        var command = new Command("train", "Trains a model on your own images and captions, measures it, and saves it.");
        Option[] options = [.. Files.All, _attention, _cell, _hidden, _dropout, _sampling, _batch, _epochs, _minutes, _beam, _seed, _threads, Model];
        foreach (Option option in options) command.Add(option);
        command.SetAction(run);
        return command;
    }

    public int Seed(ParseResult result) => result.GetValue(_seed);

    public RegionReading Reading(ParseResult result) => Enum.Parse<RegionReading>(result.GetRequiredValue(_attention), ignoreCase: true);

    /// <summary>Returns the options of the trainer, without validation data.</summary>
    /// <exception cref="FileException">The duration or the width of the beam is not possible.</exception>
    public RnnCaptioningOptions Of(ParseResult result)
    {
        double? minutes = result.GetValue(_minutes);
        if (minutes is not (null or > 0 and <= 1e6))
            throw new FileException(FormattableString.Invariant($"--minutes: expected more than 0, got {minutes}."));
        int beam = result.GetValue(_beam), hidden = result.GetValue(_hidden);
        if (beam < 1) throw new FileException($"--beam: expected 1 or more, got {beam}.");
        return new RnnCaptioningOptions
        {
            Sampling = Enum.Parse<RnnTargetSampling>(result.GetRequiredValue(_sampling), ignoreCase: true),
            Decoding = Defaults.Decoding with { BeamWidth = beam },
            Network = new RnnCaptioningNetworkOptions
            {
                Cell = CellNames.Of(result.GetRequiredValue(_cell)),
                HiddenSize = hidden,
                RegionVectorSize = hidden,
                Dropout = result.GetValue(_dropout),
            },
            Training = new RnnTrainingOptions
            {
                BatchSize = result.GetValue(_batch),
                MaxEpochs = result.GetValue(_epochs) ?? (minutes is null ? Defaults.Training.MaxEpochs : Endless),
                MaximumTime = minutes is { } time ? TimeSpan.FromMinutes(time) : null,
                // A duration without a number of epochs is used up: the learning rate decays until its end.
                Patience = minutes is not null && result.GetValue(_epochs) is null ? Endless : Defaults.Training.Patience,
                Schedule = RnnLearningRateSchedule.Linear,
                MaximumGradientNorm = 1,
                Seed = Seed(result),
                Threads = result.GetValue(_threads),
            },
        }.With(Reading(result));
    }
}
