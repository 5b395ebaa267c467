using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MlNetRnn.Experiments;

/// <summary>
/// Tries options of a pipeline, measures each on validation data, and gives the best model. Made by <c>mlContext.Rnn().CreateExperiment&lt;TOptions&gt;()</c>.
/// </summary>
/// <remarks>
/// <para>The words are those of ML.NET's AutoMLExperiment. Each method that sets something returns the experiment, so that calls can be chained.</para>
/// <para>The first trial is the start of the search space; the rest is up to the tuner. The seed of every trial is derived from that of the experiment, so
/// that the same seed and the same number of trials give the same table.</para>
/// <para>A trainer of this library that gets the options' Training measures each epoch on the experiment's validation rows, brought to it through the
/// pipeline's own fitted transforms, keeps its best epoch, and can be pruned; where a cache in the pipeline holds the training rows fast, a tenth of those is
/// held out instead.</para>
/// </remarks>
/// <typeparam name="TOptions">The options that are searched: of a trainer of this library, or any class with properties.</typeparam>
public sealed class Experiment<TOptions>
    where TOptions : class, new()
{
    private const double HeldOut = 0.1;

    /// <summary>Always the same: experiments with other seeds can be compared.</summary>
    private const int SeedOfSplits = 1;

    private readonly MLContext _context;
    private readonly List<ExperimentPipeline> _others = [];
    private Func<MLContext, TOptions, IEstimator<ITransformer>>? _pipeline;
    private OptionSpace<TOptions>? _space;
    private IReadOnlyList<(IDataView, IDataView)>? _folds;
    private ExperimentMetric? _metric;
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
    private string _name = "Rnn";

    internal Experiment(MLContext context) => _context = context;

    /// <summary>The trials of the last run, by number, also where it ended with an exception; empty before it.</summary>
    public IReadOnlyList<TrialResult> Trials { get; private set; } = [];

    /// <summary>Sets what is tried: a trainer, or any chain of estimators with one in it. Called for every trial, and for every fold.</summary>
    /// <param name="pipeline">Makes it from the MLContext of the trial and the options.</param>
    /// <param name="name">Its name in tables.</param>
    public Experiment<TOptions> SetPipeline(Func<MLContext, TOptions, IEstimator<ITransformer>> pipeline, string name = "Rnn")
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrEmpty(name);
        (_pipeline, _name) = (pipeline, name);
        return this;
    }

    /// <summary>Adds another pipeline with options of its own, such as a linear model of ML.NET, so that the answer may be that it is enough.</summary>
    /// <typeparam name="TOther">Its options.</typeparam>
    /// <param name="name">Its name in tables.</param>
    /// <param name="pipeline">Makes it from the MLContext of the trial and the options.</param>
    /// <param name="space">What of its options is searched; where it is null, those with attributes.</param>
    /// <exception cref="ArgumentException">There is a pipeline of that name.</exception>
    public Experiment<TOptions> AddPipeline<TOther>(string name, Func<MLContext, TOther, IEstimator<ITransformer>> pipeline, OptionSpace<TOther>? space = null)
        where TOther : class, new()
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(pipeline);
        if (_others.Any(other => other.Name == name)) throw new ArgumentException($"Pipeline: expected a name of its own, got '{name}' for the second time.", nameof(name));
        _others.Add(new ExperimentPipeline(name, space ?? new OptionSpace<TOther>(), (context, options) => pipeline(context, (TOther)options)));
        return this;
    }

    /// <summary>Adds a pipeline without options, which is tried once.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="pipeline">Makes it from the MLContext of the trial.</param>
    /// <exception cref="ArgumentException">There is a pipeline of that name.</exception>
    public Experiment<TOptions> AddPipeline(string name, Func<MLContext, IEstimator<ITransformer>> pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return AddPipeline<NoOptions>(name, (context, _) => pipeline(context));
    }

    /// <summary>Sets which options are searched, and where the search begins. Without it: the attributed options of the class, from their defaults.</summary>
    /// <param name="space">The options.</param>
    public Experiment<TOptions> SetSearchSpace(OptionSpace<TOptions> space)
    {
        ArgumentNullException.ThrowIfNull(space);
        _space = space;
        return this;
    }

    /// <summary>Sets the data.</summary>
    /// <param name="train">The rows to learn from.</param>
    /// <param name="validation">The rows to measure on, of the same schema.</param>
    /// <exception cref="ArgumentException">Their columns differ.</exception>
    public Experiment<TOptions> SetDataset(IDataView train, IDataView validation)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        (string Name, DataViewType Type)[] Columns(IDataView rows) => [.. rows.Schema.Where(column => !column.IsHidden).Select(column => (column.Name, column.Type))];
        if (Columns(train).Except(Columns(validation)).Concat(Columns(validation).Except(Columns(train))).Select(column => $"{column.Name} ({column.Type})").ToArray() is { Length: > 0 } differ)
            throw new ArgumentException($"Experiment: expected training and validation rows of the same columns, got these in one of them alone: {string.Join(", ", differ)}. Send both through the same fitted transforms, or none.", nameof(validation));
        _folds = [(train, validation)];
        return this;
    }

    /// <summary>Sets the data.</summary>
    /// <param name="split">The rows to learn from (TrainSet) and to measure on (TestSet).</param>
    public Experiment<TOptions> SetDataset(DataOperationsCatalog.TrainTestData split)
    {
        return SetDataset(split.TrainSet, split.TestSet);
    }

    /// <summary>Sets the data, of which each trial learns as many models as there are folds; the metric is their mean, and only the first fold is pruned. A trial that was ended before its last fold is the best only where no other has all.</summary>
    /// <param name="dataset">All rows.</param>
    /// <param name="fold">The number of folds: 2 or more; 1 holds a tenth of the rows out.</param>
    /// <param name="samplingKeyColumnName">Rows of the same value in this column stay together; null where each row is by itself.</param>
    public Experiment<TOptions> SetDataset(IDataView dataset, int fold = 10, string? samplingKeyColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfLessThan(fold, 1);
        if (fold == 1) return SetDataset(_context.Data.TrainTestSplit(dataset, HeldOut, samplingKeyColumnName, SeedOfSplits));
        _folds = [.. _context.Data.CrossValidationSplit(dataset, fold, samplingKeyColumnName, SeedOfSplits).Select(each => (each.TrainSet, each.TestSet))];
        return this;
    }

    /// <summary>Sets what is optimised: any number that can be measured on scored rows.</summary>
    /// <param name="name">What it is called in tables.</param>
    /// <param name="maximize">Whether higher is better.</param>
    /// <param name="evaluate">Measures scored rows; called by several threads where trials run at once.</param>
    public Experiment<TOptions> SetMetric(string name, bool maximize, Func<MLContext, IDataView, double> evaluate)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(evaluate);
        _metric = new ExperimentMetric(name, maximize, (context, scored) => (evaluate(context, scored), null));
        return this;
    }

    /// <summary>Sets what is optimised: one of the metrics of a task; the others are kept in <see cref="TrialResult.Metrics"/>.</summary>
    /// <typeparam name="TMetrics">All metrics of the task.</typeparam>
    /// <param name="metric">The one that decides.</param>
    /// <param name="evaluate">Measures scored rows; called by several threads where trials run at once.</param>
    public Experiment<TOptions> SetMetric<TMetrics>(TaskMetric<TMetrics> metric, Func<MLContext, IDataView, TMetrics> evaluate)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(evaluate);
        _metric = new ExperimentMetric(metric.Name, metric.IsMaximize, (context, scored) =>
        {
            TMetrics all = evaluate(context, scored);
            return (metric.Value(all), all);
        });
        return this;
    }

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
    /// <exception cref="InvalidOperationException">Something is not set; the message lists all that is missing.</exception>
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

    private sealed class NoOptions;
}
