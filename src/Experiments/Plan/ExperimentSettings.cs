namespace MlNetRnn.Experiments;

/// <summary>
/// The settings of an experiment: its limits, how trials are proposed, and what is written. Immutable. Values are validated when an experiment receives the
/// settings; all errors are reported together.
/// </summary>
public sealed record ExperimentSettings
{
    /// <summary>
    /// The maximum duration of the search in seconds, including the time before a restart from a checkpoint. At its end, the running trials end, and the
    /// best epoch of each is its result.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: no limit if <see cref="MaxModels"/> is set; otherwise an experiment of a task searches for a day, as in
    /// AutoML, and <see cref="Experiment{TOptions}"/> requires one of the two limits.
    /// </value>
    public uint? MaxExperimentTimeInSeconds { get; init; }

    /// <summary>The maximum number of trials, 1 or more.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public int? MaxModels { get; init; }

    /// <summary>
    /// The seed of the trials and of the tuner; required with a <see cref="CheckpointFolder"/>. The seed does not change which rows are held out or folded,
    /// so that experiments with different seeds can be compared.
    /// </summary>
    /// <value>The default is <see langword="null"/>: drawn from the MLContext.</value>
    public int? Seed { get; init; }

    /// <summary>
    /// The number of trials that run at once, 1 or more. They share the cores, and their memory adds up. Two small networks with one thread each train
    /// faster than one after the other with two threads each. The same seed gives the same trials only with the same number.
    /// </summary>
    /// <value>The default is 1, with all cores.</value>
    public int ParallelTrials { get; init; } = 1;

    /// <summary>
    /// The maximum growth of the memory of the process while a trial runs, in megabytes, more than 0. A trial that exceeds it fails; the experiment
    /// continues. The first trial also loads libtorch (about 200 MB). Of trials that run at once, the last one that started fails, and the growth for the
    /// others is measured anew.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public double? MaximumMemoryUsageInMegaByte { get; init; }

    /// <summary>
    /// The folder for finished trials and the best model so far; created if it does not exist. An experiment with the same folder, seed, pipelines, search
    /// space and columns continues after the last finished trial of an experiment that ended or was interrupted.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no checkpoint.</value>
    public string? CheckpointFolder { get; init; }

    /// <summary>
    /// The file for a report of the trials, usually with the extension <c>.html</c>: see <see cref="ExperimentReport"/>. It is rewritten after a trial, unless
    /// that was done recently, and at the end of the experiment.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no report.</value>
    public string? ReportFile { get; init; }

    /// <summary>The tuner, which proposes the options of each trial. A tuner keeps state: use one instance for one experiment only.</summary>
    /// <value>The default is <see langword="null"/>: a new <see cref="TpeTuner"/> for each run.</value>
    public ITuner? Tuner { get; init; }

    /// <summary>The pruner, which stops unpromising trials early; <see langword="null"/> disables pruning.</summary>
    /// <value>The default is a <see cref="SuccessiveHalvingPruner"/>.</value>
    public IPruner? Pruner { get; init; } = new SuccessiveHalvingPruner();

    /// <summary>The monitor, which is notified of the progress, such as a <see cref="TableMonitor"/>.</summary>
    /// <value>The default is <see langword="null"/>: no monitor.</value>
    public IMonitor? Monitor { get; init; }

    /// <summary>Ends the experiment. Its result is the best trial so far, including the running ones.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Throws if values are not valid; the message lists all of them.</summary>
    /// <exception cref="ArgumentException">Values are not valid.</exception>
    internal void Validate(string parameter)
    {
        string[] errors =
        [
            .. Expect(MaxModels is null or >= 1, nameof(MaxModels), "1 or more", MaxModels),
            .. Expect(ParallelTrials >= 1, nameof(ParallelTrials), "1 or more", ParallelTrials),
            .. Expect(MaximumMemoryUsageInMegaByte is null or > 0, nameof(MaximumMemoryUsageInMegaByte), "more than 0", MaximumMemoryUsageInMegaByte),
            .. Expect(CheckpointFolder != "", nameof(CheckpointFolder), "the name of a folder, or null", "an empty string"),
            .. Expect(ReportFile != "", nameof(ReportFile), "the name of a file, or null", "an empty string"),
        ];
        if (errors.Length > 0) throw new ArgumentException($"Experiment settings are not valid. {string.Join(" ", errors)}", parameter);
    }

    private static IEnumerable<string> Expect(bool isValid, string setting, string expected, object? got) =>
        isValid ? [] : [FormattableString.Invariant($"{setting}: expected {expected}, got {got}.")];
}
