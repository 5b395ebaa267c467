namespace MlNetRnn.Experiments;

/// <summary>How an experiment on a task is run; each task has a class of its own with this content.</summary>
/// <typeparam name="TOptions">The options of the task's trainer.</typeparam>
/// <typeparam name="TMetrics">All metrics of the task.</typeparam>
public abstract record ExperimentSettings<TOptions, TMetrics>
    where TOptions : class, new()
    where TMetrics : class
{
    private protected ExperimentSettings()
    {
    }

    /// <summary>How long the search may take, in seconds; the trial under way is ended then, and its best epoch counts.</summary>
    /// <value>86400, a day, as in AutoML.</value>
    public uint MaxExperimentTimeInSeconds { get; init; } = 24 * 60 * 60;

    /// <summary>How many trials there are at most.</summary>
    /// <value>No limit.</value>
    public int MaxModels { get; init; } = int.MaxValue;

    /// <summary>The metric that decides.</summary>
    /// <value>
    /// <see langword="null"/>: accuracy for classes, R² for numbers, span F1 or token accuracy for tags; with 1,000 validation rows or fewer log-loss for classes, because accuracy on few rows hardly distinguishes trials.
    /// </value>
    public TaskMetric<TMetrics>? OptimizingMetric { get; init; }

    /// <summary>Which options are searched, and where the search begins. The label column is the one given to Execute.</summary>
    /// <value><see langword="null"/>: those of the trainer's options that carry attributes, from the defaults.</value>
    public OptionSpace<TOptions>? SearchSpace { get; init; }

    /// <summary>Ends the experiment; Execute then returns the best run so far.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>By how much the memory of the process may grow while a trial runs, in megabytes. A trial above it fails; the experiment goes on.</summary>
    /// <value><see langword="null"/>: no limit.</value>
    public double? MaximumMemoryUsageInMegaByte { get; init; }

    /// <summary>The seed of the trials and of the tuner; needed where there is a <see cref="CheckpointFolder"/>.</summary>
    /// <value><see langword="null"/>: drawn from the MLContext.</value>
    public int? Seed { get; init; }

    /// <summary>How many trials run at once; they share the cores.</summary>
    /// <value>1</value>
    public int ParallelTrials { get; init; } = 1;

    /// <summary>Who chooses what to try.</summary>
    /// <value><see langword="null"/>: a new <see cref="TpeTuner"/>.</value>
    public ITuner? Tuner { get; init; }

    /// <summary>Who ends hopeless trials early; null for nobody.</summary>
    /// <value>A <see cref="SuccessiveHalvingPruner"/>.</value>
    public IPruner? Pruner { get; init; } = new SuccessiveHalvingPruner();

    /// <summary>A folder that every finished trial, and the best model so far, is written to, and that an experiment that was killed goes on from.</summary>
    /// <value><see langword="null"/>: none.</value>
    public string? CheckpointFolder { get; init; }

    /// <summary>A file that receives the trials as a page with pictures: see <see cref="ExperimentReport"/>.</summary>
    /// <value><see langword="null"/>: none.</value>
    public string? ReportFile { get; init; }
}
