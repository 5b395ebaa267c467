using System.CommandLine;

namespace MlNetRnn.Samples;

/// <summary>The options of a training whose duration can be limited: batches, epochs, minutes, seed and threads.</summary>
/// <param name="defaults">The default options of the trainer.</param>
/// <param name="batch">What a batch contains, for its description.</param>
/// <param name="passes">What an epoch passes over.</param>
public sealed class TrainingSettings(RnnTrainingOptions defaults, string batch, string passes)
{
    /// <summary>The maximum number of epochs if only the time is limited.</summary>
    private const int Endless = 10_000;

    private readonly Option<int> _batch = new("--batch") { Description = batch, DefaultValueFactory = _ => defaults.BatchSize };

    private readonly Option<int?> _epochs = new("--epochs")
    {
        Description = $"Maximum number of passes over the {passes}. Default: {defaults.MaxEpochs}, or as many as fit into --minutes.",
    };

    private readonly Option<double?> _minutes = new("--minutes") { Description = "Duration of the training; the best epoch is kept. Default: no limit." };

    private readonly Option<int> _seed = new("--seed") { Description = "Seed of all random numbers.", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _threads = new("--threads") { Description = "Number of training threads; 0: one per core.", DefaultValueFactory = _ => 0 };

    /// <summary>All options.</summary>
    public Option[] All => [_batch, _epochs, _minutes, _seed, _threads];

    /// <summary>Returns the seed of all random numbers.</summary>
    public int Seed(ParseResult result) => result.GetValue(_seed);

    /// <summary>Returns the options of the training, without validation data.</summary>
    /// <exception cref="FileException">The duration is not possible.</exception>
    public RnnTrainingOptions Of(ParseResult result)
    {
        double? minutes = result.GetValue(_minutes);
        if (minutes is not (null or > 0 and <= 1e6))
            throw new FileException(FormattableString.Invariant($"--minutes: expected more than 0, got {minutes}."));
        return defaults with
        {
            BatchSize = result.GetValue(_batch),
            MaxEpochs = result.GetValue(_epochs) ?? (minutes is null ? defaults.MaxEpochs : Endless),
            MaximumTime = minutes is { } time ? TimeSpan.FromMinutes(time) : null,
            // A duration without a number of epochs is used up: the learning rate decays until its end.
            Patience = minutes is not null && result.GetValue(_epochs) is null ? Endless : defaults.Patience,
            Schedule = RnnLearningRateSchedule.Linear,
            Seed = Seed(result),
            Threads = result.GetValue(_threads),
        };
    }
}
