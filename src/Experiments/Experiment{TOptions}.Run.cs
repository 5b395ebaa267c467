using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.Experiments;

/// <content>How it is searched: limits, tuner, pruner, who is told, where it is kept.</content>
public sealed partial class Experiment<TOptions>
{
    private TimeSpan? _time;
    private int _maxModels = int.MaxValue;
    private ITuner? _tuner;
    private IPruner? _pruner = new SuccessiveHalvingPruner();
    private IMonitor? _monitor;
    private int _parallel = 1;
    private int? _seed;
    private double _maximumMemory = double.PositiveInfinity;
    private string? _checkpoint;
    private string? _report;

    /// <summary>Sets how long the search may take, time before a restart from a checkpoint included. The trial under way is ended then, and its best epoch counts.</summary>
    /// <param name="seconds">Seconds.</param>
    public Experiment<TOptions> SetTrainingTimeInSeconds(uint seconds)
    {
        _time = TimeSpan.FromSeconds(seconds);
        return this;
    }

    /// <summary>Sets how many trials there are at most.</summary>
    /// <param name="maxModels">1 or more.</param>
    public Experiment<TOptions> SetMaxModelToExplore(int maxModels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxModels, 1);
        _maxModels = maxModels;
        return this;
    }

    /// <summary>Sets who chooses what to try. Without it: a new <see cref="TpeTuner"/>.</summary>
    /// <param name="tuner">The tuner. It learns while it is used: give each experiment one of its own.</param>
    public Experiment<TOptions> SetTuner(ITuner tuner)
    {
        ArgumentNullException.ThrowIfNull(tuner);
        _tuner = tuner;
        return this;
    }

    /// <summary>Sets who ends hopeless trials early. Without it: a <see cref="SuccessiveHalvingPruner"/>.</summary>
    /// <param name="pruner">The pruner; null for nobody.</param>
    public Experiment<TOptions> SetPruner(IPruner? pruner)
    {
        _pruner = pruner;
        return this;
    }

    /// <summary>Sets who is told how it goes, <see cref="TableMonitor"/> for example.</summary>
    /// <param name="monitor">The monitor.</param>
    public Experiment<TOptions> SetMonitor(IMonitor monitor)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        _monitor = monitor;
        return this;
    }

    /// <summary>
    /// Sets a folder that every finished trial, and the best model so far, is written to at once. An experiment with the same folder, seed, pipelines, search
    /// space and columns goes on where the last one ended or was killed; only trials that had not finished are tried again.
    /// </summary>
    /// <param name="folder">The folder; it is made where it is not there.</param>
    public Experiment<TOptions> SetCheckpoint(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _checkpoint = folder;
        return this;
    }

    /// <summary>Sets a file that receives the trials as a page with pictures, anew after each trial: see <see cref="ExperimentReport"/>.</summary>
    /// <param name="path">The file, by custom with the extension <c>.html</c>.</param>
    public Experiment<TOptions> SetReport(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _report = path;
        return this;
    }

    /// <summary>
    /// Sets how many trials run at once; they share the cores. Without it: one, with all cores. Two networks with a thread each learn more in the same time
    /// than one after another with two threads; the memory of all adds up. The number is part of what makes a table the same.
    /// </summary>
    /// <param name="trials">1 or more.</param>
    public Experiment<TOptions> SetParallelTrials(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        _parallel = trials;
        return this;
    }

    /// <summary>Sets the seed of the trials and of the tuner. Without it: drawn from the MLContext. Rows are held out or folded in the same way for every seed.</summary>
    /// <param name="seed">The seed.</param>
    public Experiment<TOptions> SetSeed(int seed)
    {
        _seed = seed;
        return this;
    }

    /// <summary>
    /// Sets by how much the memory of the process may grow while a trial runs. A trial above it fails; the experiment goes on. The first trial also loads
    /// libtorch (about 200 MB). Of trials that run at once the one that began last fails, and the others begin to count anew.
    /// </summary>
    /// <param name="megaByte">Megabytes, more than 0.</param>
    public Experiment<TOptions> SetMaximumMemoryUsageInMegaByte(double megaByte)
    {
        if (!(megaByte > 0)) throw new ArgumentOutOfRangeException(nameof(megaByte), megaByte, "expected more than 0");
        _maximumMemory = megaByte;
        return this;
    }

    /// <summary>Runs the experiment to its end.</summary>
    /// <returns>The best trial, with its model.</returns>
    /// <inheritdoc cref="RunAsync"/>
    public TrialResult Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs the experiment on threads of its own.</summary>
    /// <param name="cancellationToken">Ends the experiment; the task then ends with the best trial so far, the one under way included.</param>
    /// <returns>The best trial, with its model.</returns>
    /// <exception cref="InvalidOperationException">Something is not set, or the metric has no value on the validation rows; the message lists what is missing, or what to do.</exception>
    /// <exception cref="AggregateException">No trial gave a model: the first three failed, or all. The faults of the trials are inside.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was any model.</exception>
    /// <exception cref="TimeoutException">The time was over before there was any model.</exception>
    public Task<TrialResult> RunAsync(CancellationToken cancellationToken = default)
    {
        ExperimentPlan plan = Plan();
        return Task.Run(async () =>
        {
            var run = new ExperimentRun(plan);
            try
            {
                Trials = await run.Run(cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                Trials = run.Trials;
                throw;
            }
            return Trials.Single(trial => trial.Model is not null);
        }, CancellationToken.None);
    }

    private ExperimentPlan Plan()
    {
        string[] missing =
        [
            .. _pipeline is null && _others.Count == 0 ? [nameof(SetPipeline)] : Array.Empty<string>(),
            .. _folds is null ? [nameof(SetDataset)] : Array.Empty<string>(),
            .. _metric is null ? [nameof(SetMetric)] : Array.Empty<string>(),
            .. _time is null && _maxModels == int.MaxValue ? [$"{nameof(SetTrainingTimeInSeconds)} or {nameof(SetMaxModelToExplore)}"] : Array.Empty<string>(),
            .. _checkpoint is not null && _seed is null ? [$"{nameof(SetSeed)} or a Seed in the settings (with another seed, a checkpoint is that of another search)"] : Array.Empty<string>(),
        ];
        if (missing.Length > 0) throw new InvalidOperationException($"Experiment: expected a call of {string.Join(", ", missing)} before Run, got none.");
        if (_others.Any(other => other.Name == _name) && _pipeline is not null) throw new InvalidOperationException($"Experiment: expected a name of its own for each pipeline, got '{_name}' twice.");
        if (_folds!.Select(fold => _metric!.FaultOf?.Invoke(fold.Item2)).OfType<string>().FirstOrDefault() is { } fault)
            throw new InvalidOperationException($"Experiment: expected validation rows on which the metric '{_metric!.Name}' has a value, got rows on which it has none: {fault}.");
        ExperimentPipeline[] own = _pipeline is { } pipeline ? [new(_name, _space ?? new OptionSpace<TOptions>(), (context, options) => pipeline(context, (TOptions)options))] : [];
        return new ExperimentPlan
        {
            Context = _context,
            Pipelines = [.. own, .. _others],
            Folds = _folds!,
            Metric = _metric!,
            Tuner = _tuner ?? new TpeTuner(),
            Pruner = _pruner,
            Monitors = _monitor is null ? [] : [_monitor],
            Time = _time,
            MaxModels = _maxModels,
            Parallel = _parallel,
            Seed = _seed ?? ((IHostEnvironment)_context).Register("Experiment").Rand.Next(),
            MaximumMemoryInMegaByte = _maximumMemory,
            CheckpointFolder = _checkpoint,
            ReportFile = _report,
        };
    }
}
