using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MlNetRnn.Experiments;

/// <summary>
/// An experiment that searches for the best options of a pipeline: it tries options, measures each trial on validation rows, and returns the best model.
/// Created by <c>mlContext.Rnn().CreateExperiment&lt;TOptions&gt;()</c>.
/// </summary>
/// <remarks>
/// <para>The names are those of ML.NET's AutoMLExperiment. The methods that set something return the experiment, so that calls can be chained.</para>
/// <para>The first trial has the options at the start of the search space; the tuner proposes the others. The seed of each trial is derived from the seed
/// of the experiment, so that the same seed and the same number of trials give the same results.</para>
/// <para>The trainers of MlNetRnn in the pipeline measure each epoch on the validation rows of the experiment, which reach them through the fitted
/// transforms of the pipeline. They keep their best epoch and can be pruned. If the pipeline caches the training rows, the trainer holds out a part of them
/// instead.</para>
/// </remarks>
/// <typeparam name="TOptions">The options that are searched: those of a trainer of MlNetRnn, or any class with properties.</typeparam>
public sealed class Experiment<TOptions>
    where TOptions : class, new()
{
    private readonly MLContext _context;
    private readonly List<ExperimentPipeline> _others = [];
    private Func<MLContext, TOptions, IEstimator<ITransformer>>? _pipeline;
    private string _name = "Rnn";
    private OptionSpace<TOptions>? _space;
    private ExperimentData? _data;
    private ExperimentMetric? _metric;

    internal Experiment(MLContext context, ExperimentSettings settings)
    {
        settings.Validate(nameof(settings));
        (_context, Settings) = (context, settings);
    }

    /// <summary>The settings.</summary>
    public ExperimentSettings Settings { get; private set; }

    /// <summary>The trials of the last run, by number, also if it threw an exception; empty before the first run.</summary>
    public IReadOnlyList<TrialResult> Trials { get; private set; } = [];

    /// <summary>Sets all settings at once. The extension methods of <see cref="ExperimentSettingsExtensions"/> set them one by one.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="ArgumentException">Values are not valid; the message lists all of them.</exception>
    public Experiment<TOptions> SetSettings(ExperimentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate(nameof(settings));
        Settings = settings;
        return this;
    }

    /// <summary>Sets the pipeline: a trainer, or a chain of estimators that contains one. The function is called for every trial and for every fold.</summary>
    /// <param name="pipeline">Creates the pipeline from the MLContext of the trial and the options.</param>
    /// <param name="name">The name in tables.</param>
    public Experiment<TOptions> SetPipeline(Func<MLContext, TOptions, IEstimator<ITransformer>> pipeline, string name = "Rnn")
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrEmpty(name);
        (_pipeline, _name) = (pipeline, name);
        return this;
    }

    /// <summary>Adds another pipeline with its own options, for comparison. A linear model, for example, may be sufficient.</summary>
    /// <typeparam name="TOther">The options of the pipeline.</typeparam>
    /// <param name="name">The name in tables.</param>
    /// <param name="pipeline">Creates the pipeline from the MLContext of the trial and the options.</param>
    /// <param name="space">The options that are searched; <see langword="null"/> for those with attributes.</param>
    /// <exception cref="ArgumentException">Another pipeline has this name.</exception>
    public Experiment<TOptions> AddPipeline<TOther>(string name, Func<MLContext, TOther, IEstimator<ITransformer>> pipeline, OptionSpace<TOther>? space = null)
        where TOther : class, new()
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(pipeline);
        if (_others.Any(other => other.Name == name))
            throw new ArgumentException($"Pipeline: expected a unique name, got '{name}' for the second time.", nameof(name));
        _others.Add(new ExperimentPipeline(name, space ?? new OptionSpace<TOther>(), (context, options) => pipeline(context, (TOther)options)));
        return this;
    }

    /// <summary>Adds a pipeline without options, which is tried once.</summary>
    /// <param name="name">The name in tables.</param>
    /// <param name="pipeline">Creates the pipeline from the MLContext of the trial.</param>
    /// <exception cref="ArgumentException">Another pipeline has this name.</exception>
    public Experiment<TOptions> AddPipeline(string name, Func<MLContext, IEstimator<ITransformer>> pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return AddPipeline<NoOptions>(name, (context, _) => pipeline(context));
    }

    /// <summary>
    /// Sets the options that are searched, and the start of the search. Default: the options of the class that have attributes, starting from its default
    /// values.
    /// </summary>
    /// <param name="space">The search space.</param>
    public Experiment<TOptions> SetSearchSpace(OptionSpace<TOptions> space)
    {
        ArgumentNullException.ThrowIfNull(space);
        _space = space;
        return this;
    }

    /// <summary>Sets the training data and the validation data.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="validation">The validation data, with the same columns.</param>
    /// <exception cref="ArgumentException">The columns differ.</exception>
    public Experiment<TOptions> SetDataset(IDataView train, IDataView validation) => SetDataset(ExperimentData.Of(train, validation));

    /// <summary>Sets the training data and the validation data.</summary>
    /// <param name="split">The training data (TrainSet) and the validation data (TestSet).</param>
    public Experiment<TOptions> SetDataset(DataOperationsCatalog.TrainTestData split) => SetDataset(split.TrainSet, split.TestSet);

    /// <summary>
    /// Sets data for cross-validation: each trial trains one model for each fold, and its metric is the mean over the folds. Only the first fold is pruned.
    /// A trial that ended before its last fold is the best only if no trial has all folds.
    /// </summary>
    /// <param name="dataset">All rows.</param>
    /// <param name="fold">The number of folds, 2 or more; 1 holds out a tenth of the rows instead.</param>
    /// <param name="samplingKeyColumnName">Rows with the same value in this column stay together; <see langword="null"/> if rows are independent.</param>
    public Experiment<TOptions> SetDataset(IDataView dataset, int fold = 10, string? samplingKeyColumnName = null) =>
        SetDataset(ExperimentData.Split(_context, dataset, fold, samplingKeyColumnName));

    /// <summary>Sets the metric to optimize: any number that is computed from scored rows.</summary>
    /// <param name="name">The name in tables.</param>
    /// <param name="maximize">Whether a higher metric is better.</param>
    /// <param name="evaluate">Computes the metric; called from several threads if trials run at once.</param>
    public Experiment<TOptions> SetMetric(string name, bool maximize, Func<MLContext, IDataView, double> evaluate)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(evaluate);
        return SetMetric(new ExperimentMetric(name, maximize, (context, model, rows) => new Measured(evaluate(context, model.Transform(rows)), null)));
    }

    /// <summary>Sets the metric to optimize: one of the metrics of a task. <see cref="TrialResult.Metrics"/> has all of them.</summary>
    /// <typeparam name="TMetrics">The metrics of the task.</typeparam>
    /// <param name="metric">The metric to optimize.</param>
    /// <param name="evaluate">Computes the metrics; called from several threads if trials run at once.</param>
    public Experiment<TOptions> SetMetric<TMetrics>(TaskMetric<TMetrics> metric, Func<MLContext, IDataView, TMetrics> evaluate)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(evaluate);
        return SetMetric(ExperimentMetric.Of(metric, null, evaluate));
    }

    /// <summary>Runs the experiment to its end.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public TrialResult Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs the experiment on its own threads.</summary>
    /// <param name="cancellationToken">
    /// Ends the experiment, like the token of the settings. The result is the best trial so far, including the running ones.
    /// </param>
    /// <returns>The best trial, with its model.</returns>
    /// <exception cref="InvalidOperationException">
    /// Something is not set, or the metric is not defined on the validation rows; the message lists what is missing, or what to do.
    /// </exception>
    /// <exception cref="AggregateException">No trial resulted in a model: the first three failed, or all. The exceptions of the trials are inside.</exception>
    /// <exception cref="OperationCanceledException">The experiment was canceled before it had a model.</exception>
    /// <exception cref="TimeoutException">The time ended before the experiment had a model.</exception>
    public Task<TrialResult> RunAsync(CancellationToken cancellationToken = default)
    {
        ExperimentPlan plan = CreatePlan();
        return Task.Run(
            async () =>
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(plan.Settings.CancellationToken, cancellationToken);
                var run = new ExperimentRun(plan);
                try
                {
                    Trials = await run.Run(stop.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException e) when (e.CancellationToken == stop.Token)
                {
                    Trials = run.Trials;
                    // The token that the user can compare.
                    CancellationToken user = cancellationToken.IsCancellationRequested ? cancellationToken : plan.Settings.CancellationToken;
                    throw new OperationCanceledException(e.Message, user);
                }
                catch
                {
                    Trials = run.Trials;
                    throw;
                }
                return Trials.Single(trial => trial.Model is not null);
            },
            CancellationToken.None);
    }

    internal Experiment<TOptions> SetDataset(ExperimentData data)
    {
        _data = data;
        return this;
    }

    internal Experiment<TOptions> SetMetric(ExperimentMetric metric)
    {
        _metric = metric;
        return this;
    }

    private ExperimentPlan CreatePlan()
    {
        CheckThatAllIsSet();
        ExperimentPipeline[] own = _pipeline is { } create
            ? [new(_name, _space ?? new OptionSpace<TOptions>(), (context, options) => create(context, (TOptions)options))]
            : [];
        return new ExperimentPlan
        {
            Context = _context,
            Pipelines = [.. own, .. _others],
            Data = _data!,
            Metric = _metric!,
            Settings = Settings,
            Tuner = Settings.Tuner ?? new TpeTuner(),
            Seed = Settings.Seed ?? ((IHostEnvironment)_context).Register("Experiment").Rand.Next(),
        };
    }

    private void CheckThatAllIsSet()
    {
        string[] missing =
        [
            .. _pipeline is null && _others.Count == 0 ? [nameof(SetPipeline)] : Array.Empty<string>(),
            .. _data is null ? [nameof(SetDataset)] : Array.Empty<string>(),
            .. _metric is null ? [nameof(SetMetric)] : Array.Empty<string>(),
            .. Settings is { MaxExperimentTimeInSeconds: null, MaxModels: null } ? ["SetTrainingTimeInSeconds or SetMaxModelToExplore"] : Array.Empty<string>(),
            .. Settings is { CheckpointFolder: not null, Seed: null }
                ? ["SetSeed, or a Seed in the settings (with another seed, a checkpoint is that of another search)"]
                : Array.Empty<string>(),
        ];
        if (missing.Length > 0) throw new InvalidOperationException($"Experiment: expected a call of {string.Join(", ", missing)} before Run, got none.");
        if (_others.Any(other => other.Name == _name) && _pipeline is not null)
            throw new InvalidOperationException($"Experiment: expected a unique name for each pipeline, got '{_name}' twice.");
        if (_data!.Folds.Select(fold => _metric!.FaultOf?.Invoke(fold.Validation)).OfType<string>().FirstOrDefault() is { } fault)
        {
            throw new InvalidOperationException(
                $"Experiment: expected validation rows on which the metric '{_metric!.Name}' is defined, got rows on which it is not: {fault}.");
        }
    }

    private sealed class NoOptions;
}
