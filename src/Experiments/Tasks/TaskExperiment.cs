using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MlNetRnn.Experiments;

/// <summary>
/// "Try for ten minutes and give me the best" on one task, in the words of AutoML's task experiments. Made by
/// <c>mlContext.Rnn().CreateTextClassificationExperiment(600)</c> and its like; <see cref="Experiment{TOptions}"/> leaves more to say.
/// </summary>
/// <typeparam name="TOptions">The options of the task's trainer.</typeparam>
/// <typeparam name="TMetrics">All metrics of the task.</typeparam>
public sealed class TaskExperiment<TOptions, TMetrics>
    where TOptions : class, new()
    where TMetrics : class
{
    /// <summary>With more validation rows, accuracy is as good a guide as log-loss (docs/results.md).</summary>
    private const int FewRows = 1000;

    private readonly MLContext _context;
    private readonly ExperimentTask<TOptions, TMetrics> _task;
    private readonly ExperimentSettings<TOptions, TMetrics> _settings;

    internal TaskExperiment(RnnOperationsCatalog catalog, ExperimentTask<TOptions, TMetrics> task, ExperimentSettings<TOptions, TMetrics> settings)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(settings);
        (_context, _task, _settings) = (catalog.Context, task, settings);
    }

    /// <summary>Runs the experiment, measuring on a tenth of the rows that is held out.</summary>
    /// <inheritdoc cref="Execute(IDataView, IDataView, string, IEstimator{ITransformer}?, IProgress{RunDetail{TMetrics}}?)"/>
    /// <param name="trainData">The rows to learn from and to measure on.</param>
    /// <param name="labelColumnName">The label column.</param>
    /// <param name="samplingKeyColumn">Rows of the same value in this column stay together; null where each row is by itself.</param>
    /// <param name="preFeaturizer">Goes before the trainer in every trial, and is part of the model; null for nothing.</param>
    /// <param name="progressHandler">Is told of every trial as it ends; null for nobody.</param>
    public ExperimentResult<TMetrics> Execute(
        IDataView trainData, string labelColumnName = "Label", string? samplingKeyColumn = null, IEstimator<ITransformer>? preFeaturizer = null, IProgress<RunDetail<TMetrics>>? progressHandler = null) =>
        Execute(experiment => experiment.SetDataset(trainData, fold: 1, samplingKeyColumn), trainData, labelColumnName, preFeaturizer, progressHandler);

    /// <summary>Runs the experiment.</summary>
    /// <param name="trainData">The rows to learn from.</param>
    /// <param name="validationData">The rows to measure on, of the same schema.</param>
    /// <param name="labelColumnName">The label column.</param>
    /// <param name="preFeaturizer">Goes before the trainer in every trial, and is part of the model; null for nothing.</param>
    /// <param name="progressHandler">Is told of every trial as it ends; null for nobody.</param>
    /// <returns>Every run, and the best with its model.</returns>
    /// <exception cref="ArgumentException">There is no such label column.</exception>
    /// <exception cref="AggregateException">No trial gave a model: the first three failed, or all. The faults of the trials are inside.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was any model.</exception>
    /// <exception cref="TimeoutException">The time was over before there was any model.</exception>
    public ExperimentResult<TMetrics> Execute(
        IDataView trainData, IDataView validationData, string labelColumnName = "Label", IEstimator<ITransformer>? preFeaturizer = null, IProgress<RunDetail<TMetrics>>? progressHandler = null) =>
        Execute(experiment => experiment.SetDataset(trainData, validationData), trainData, labelColumnName, preFeaturizer, progressHandler);

    /// <summary>Runs the experiment with a cross-validation in each trial.</summary>
    /// <inheritdoc cref="Execute(IDataView, IDataView, string, IEstimator{ITransformer}?, IProgress{RunDetail{TMetrics}}?)"/>
    /// <param name="trainData">The rows to learn from and to measure on.</param>
    /// <param name="numberOfCVFolds">The number of folds: 2 or more.</param>
    /// <param name="labelColumnName">The label column.</param>
    /// <param name="samplingKeyColumn">Rows of the same value in this column stay together; null where each row is by itself.</param>
    /// <param name="preFeaturizer">Goes before the trainer in every trial, and is part of the model; null for nothing.</param>
    /// <param name="progressHandler">Is told of every trial as it ends; null for nobody.</param>
    public ExperimentResult<TMetrics> Execute(
        IDataView trainData, uint numberOfCVFolds, string labelColumnName = "Label", string? samplingKeyColumn = null, IEstimator<ITransformer>? preFeaturizer = null, IProgress<RunDetail<TMetrics>>? progressHandler = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfCVFolds, 2u);
        return Execute(experiment => experiment.SetDataset(trainData, (int)numberOfCVFolds, samplingKeyColumn), trainData, labelColumnName, preFeaturizer, progressHandler);
    }

    private ExperimentResult<TMetrics> Execute(
        Func<Experiment<TOptions>, Experiment<TOptions>> setDataset, IDataView trainData, string label, IEstimator<ITransformer>? preFeaturizer, IProgress<RunDetail<TMetrics>>? progress)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        ArgumentException.ThrowIfNullOrEmpty(label);
        bool isLabelKey = LabelType(trainData, label, preFeaturizer) is KeyDataViewType or VectorDataViewType { ItemType: KeyDataViewType };
        IEstimator<ITransformer> Pipeline(MLContext context, TOptions options)
        {
            IEstimator<ITransformer> trainer = _task.Create(context, options, label, isLabelKey);
            return preFeaturizer is null ? trainer : preFeaturizer.Append(trainer);
        }

        RunDetail<TMetrics> Detail(TrialResult trial) => new()
        {
            TrainerName = _task.TrainerName,
            RuntimeInSeconds = trial.DurationInMilliseconds / 1000,
            Estimator = Pipeline(_context, (TOptions)Seeded(trial.TrialSettings)),
            ValidationMetrics = (TMetrics?)trial.Metrics,
            Model = trial.Model,
            Exception = trial.Exception,
            Metric = trial.Metric,
            Trial = trial,
        };
        Experiment<TOptions> experiment = setDataset(new Experiment<TOptions>(_context)).SetPipeline(Pipeline, _task.TrainerName);
        TaskMetric<TMetrics> metric = _settings.OptimizingMetric ?? DefaultMetric(experiment);
        experiment
            .SetMetric(metric, label, (context, scored) => _task.Evaluate(context, scored, label), _task.Special is { } special ? scored => special(metric, scored, label) : null)
            .SetTrainingTimeInSeconds(_settings.MaxExperimentTimeInSeconds)
            .SetMaxModelToExplore(_settings.MaxModels)
            .SetParallelTrials(_settings.ParallelTrials)
            .SetTuner(_settings.Tuner ?? new TpeTuner())
            .SetPruner(_settings.Pruner)
            .SetMonitor(new ProgressMonitor(trial => progress?.Report(Detail(trial))));
        if (_settings.SearchSpace is { } space) experiment.SetSearchSpace(space);
        if (_settings.Seed is { } seed) experiment.SetSeed(seed);
        if (_settings.MaximumMemoryUsageInMegaByte is { } memory) experiment.SetMaximumMemoryUsageInMegaByte(memory);
        if (_settings.CheckpointFolder is { } folder) experiment.SetCheckpoint(folder);
        if (_settings.ReportFile is { } report) experiment.SetReport(report);
        TrialResult best = experiment.RunAsync(_settings.CancellationToken).GetAwaiter().GetResult();
        RunDetail<TMetrics>[] details = [.. experiment.Trials.Select(Detail)];
        return new ExperimentResult<TMetrics>(details, details.First(detail => detail.Trial!.TrialSettings.TrialId == best.TrialSettings.TrialId));
    }

    private TaskMetric<TMetrics> DefaultMetric(Experiment<TOptions> experiment)
    {
        if (_task.MetricOfFewRows is not { } metric || experiment.ValidationRows(FewRows + 1) > FewRows) return _task.DefaultMetric;
        using IChannel channel = ((IHostEnvironment)_context).Start("Experiment");
        channel.Info(MessageSensitivity.None, FormattableString.Invariant($"With {FewRows} validation rows or fewer, trials are compared by {metric.Name}: {_task.DefaultMetric.Name} hardly distinguishes them. Set OptimizingMetric for another metric."));
        return metric;
    }

    private static DataViewType LabelType(IDataView trainData, string label, IEstimator<ITransformer>? preFeaturizer)
    {
        // What a featurizer makes of the label can only be seen by fitting it.
        DataViewSchema schema = preFeaturizer is null ? trainData.Schema : preFeaturizer.Fit(trainData).GetOutputSchema(trainData.Schema);
        return schema.GetColumnOrNull(label)?.Type
            ?? throw new ArgumentException($"Experiment: expected a label column '{label}', got the columns {string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => column.Name))}.", nameof(label));
    }

    private static object Seeded(TrialSettings settings) =>
        settings.Options is RnnSequenceOptions own ? own.With(own.Training with { Seed = own.Training.Seed ?? settings.Seed }) : settings.Options;

    /// <summary>Tells of the ends of trials alone.</summary>
    private sealed class ProgressMonitor(Action<TrialResult> report) : IMonitor
    {
        public void ReportRunningTrial(TrialSettings settings)
        {
        }

        public void ReportCompletedTrial(TrialResult result) => report(result);

        public void ReportBestTrial(TrialResult result)
        {
        }

        public void ReportFailTrial(TrialSettings settings, Exception? exception = null) =>
            report(new TrialResult { TrialSettings = settings, Ending = TrialEnding.Failed, Exception = exception });
    }
}
