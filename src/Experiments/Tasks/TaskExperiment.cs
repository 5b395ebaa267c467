using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MlNetRnn.Experiments;

/// <summary>
/// An experiment that searches for the best options of a trainer, with the names of AutoML's task experiments. Created by
/// <c>mlContext.Rnn().CreateTextClassificationExperiment(600)</c> and similar methods. <see cref="Experiment{TOptions}"/> offers more: own pipelines,
/// several pipelines, own metrics.
/// </summary>
/// <typeparam name="TOptions">The options of the trainer.</typeparam>
/// <typeparam name="TMetrics">The metrics of the task.</typeparam>
public sealed class TaskExperiment<TOptions, TMetrics>
    where TOptions : class, new()
    where TMetrics : class
{
    /// <summary>With more validation rows, accuracy is as good a guide as log-loss (docs/results.md).</summary>
    private const int FewRows = 1000;

    private const uint SecondsOfDay = 24 * 60 * 60;

    private readonly MLContext _context;
    private readonly ExperimentTask<TOptions, TMetrics> _task;
    private readonly ExperimentSettings _settings;
    private OptionSpace<TOptions> _space = new();
    private TaskMetric<TMetrics>? _metric;

    internal TaskExperiment(RnnOperationsCatalog catalog, ExperimentTask<TOptions, TMetrics> task, ExperimentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate(nameof(settings));
        (_context, _task) = (catalog.Context, task);
        _settings = settings is { MaxExperimentTimeInSeconds: null, MaxModels: null } ? settings with { MaxExperimentTimeInSeconds = SecondsOfDay } : settings;
    }

    /// <inheritdoc cref="Experiment{TOptions}.SetSearchSpace"/>
    /// <remarks>The label column is the one that Execute receives.</remarks>
    public TaskExperiment<TOptions, TMetrics> SetSearchSpace(OptionSpace<TOptions> space)
    {
        ArgumentNullException.ThrowIfNull(space);
        _space = space;
        return this;
    }

    /// <summary>
    /// Sets the metric to optimize. Default: accuracy for classes, R² for numbers, span F1 or token accuracy for tags. With 1,000 validation rows or fewer,
    /// the default for classes is log-loss, because accuracy on few rows hardly distinguishes trials.
    /// </summary>
    /// <param name="metric">The metric.</param>
    public TaskExperiment<TOptions, TMetrics> SetMetric(TaskMetric<TMetrics> metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        _metric = metric;
        return this;
    }

    /// <summary>Runs the experiment. Trials are measured on a tenth of the rows, which is held out.</summary>
    /// <inheritdoc cref="Execute(IDataView, IDataView, string, IEstimator{ITransformer}?, IProgress{RunDetail{TMetrics}}?)" path="/returns|/exception"/>
    /// <param name="trainData">All rows.</param>
    /// <param name="labelColumnName">The label column.</param>
    /// <param name="samplingKeyColumn">Rows with the same value in this column stay together; <see langword="null"/> if rows are independent.</param>
    /// <param name="preFeaturizer">Precedes the trainer in every trial, and is part of the model; <see langword="null"/> for none.</param>
    /// <param name="progressHandler">Receives every trial when it ends; <see langword="null"/> for none.</param>
    public ExperimentResult<TMetrics> Execute(
        IDataView trainData,
        string labelColumnName = "Label",
        string? samplingKeyColumn = null,
        IEstimator<ITransformer>? preFeaturizer = null,
        IProgress<RunDetail<TMetrics>>? progressHandler = null) =>
        Execute(ExperimentData.Split(_context, trainData, folds: 1, samplingKeyColumn), trainData, labelColumnName, preFeaturizer, progressHandler);

    /// <summary>Runs the experiment.</summary>
    /// <param name="trainData">The training data.</param>
    /// <param name="validationData">The validation data, with the same columns.</param>
    /// <param name="labelColumnName">The label column.</param>
    /// <param name="preFeaturizer">Precedes the trainer in every trial, and is part of the model; <see langword="null"/> for none.</param>
    /// <param name="progressHandler">Receives every trial when it ends; <see langword="null"/> for none.</param>
    /// <returns>All runs, and the best one with its model.</returns>
    /// <exception cref="ArgumentException">The label column does not exist.</exception>
    /// <exception cref="AggregateException">No trial resulted in a model: the first three failed, or all. The exceptions of the trials are inside.</exception>
    /// <exception cref="OperationCanceledException">The experiment was canceled before it had a model.</exception>
    /// <exception cref="TimeoutException">The time ended before the experiment had a model.</exception>
    public ExperimentResult<TMetrics> Execute(
        IDataView trainData,
        IDataView validationData,
        string labelColumnName = "Label",
        IEstimator<ITransformer>? preFeaturizer = null,
        IProgress<RunDetail<TMetrics>>? progressHandler = null) =>
        Execute(ExperimentData.Of(trainData, validationData), trainData, labelColumnName, preFeaturizer, progressHandler);

    /// <summary>Runs the experiment with a cross-validation in each trial.</summary>
    /// <inheritdoc cref="Execute(IDataView, IDataView, string, IEstimator{ITransformer}?, IProgress{RunDetail{TMetrics}}?)" path="/returns|/exception"/>
    /// <param name="trainData">All rows.</param>
    /// <param name="numberOfCVFolds">The number of folds, 2 or more.</param>
    /// <param name="labelColumnName">The label column.</param>
    /// <param name="samplingKeyColumn">Rows with the same value in this column stay together; <see langword="null"/> if rows are independent.</param>
    /// <param name="preFeaturizer">Precedes the trainer in every trial, and is part of the model; <see langword="null"/> for none.</param>
    /// <param name="progressHandler">Receives every trial when it ends; <see langword="null"/> for none.</param>
    public ExperimentResult<TMetrics> Execute(
        IDataView trainData,
        uint numberOfCVFolds,
        string labelColumnName = "Label",
        string? samplingKeyColumn = null,
        IEstimator<ITransformer>? preFeaturizer = null,
        IProgress<RunDetail<TMetrics>>? progressHandler = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfCVFolds, 2u);
        var data = ExperimentData.Split(_context, trainData, (int)numberOfCVFolds, samplingKeyColumn);
        return Execute(data, trainData, labelColumnName, preFeaturizer, progressHandler);
    }

    private ExperimentResult<TMetrics> Execute(
        ExperimentData data, IDataView trainData, string label, IEstimator<ITransformer>? preFeaturizer, IProgress<RunDetail<TMetrics>>? progress)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        var pipeline = new TaskPipeline<TOptions, TMetrics>(_task, label, IsKey(trainData, label, preFeaturizer), preFeaturizer);
        RunDetail<TMetrics> Detail(TrialResult trial) =>
            RunDetail<TMetrics>.Of(trial, _task.TrainerName, pipeline.Create(_context, (TOptions)Seeded(trial.TrialSettings)));
        TaskMetric<TMetrics> metric = _metric ?? DefaultMetric(data);
        var monitor = new ProgressMonitor(_settings.Monitor, trial => progress?.Report(Detail(trial)));
        Experiment<TOptions> experiment = new Experiment<TOptions>(_context, _settings with { Monitor = monitor })
            .SetPipeline(pipeline.Create, _task.TrainerName)
            .SetSearchSpace(_space)
            .SetDataset(data)
            .SetMetric(pipeline.Metric(metric));
        TrialResult best = experiment.Run();
        RunDetail<TMetrics>[] details = [.. experiment.Trials.Select(Detail)];
        return new ExperimentResult<TMetrics>(details, details.First(detail => detail.Trial!.TrialSettings.TrialId == best.TrialSettings.TrialId));
    }

    private TaskMetric<TMetrics> DefaultMetric(ExperimentData data)
    {
        if (_task.MetricOfFewRows is not { } metric || data.CountValidationRows(FewRows + 1) > FewRows) return _task.DefaultMetric;
        using IChannel channel = ((IHostEnvironment)_context).Start("Experiment");
        channel.Info(MessageSensitivity.None, FormattableString.Invariant(
            $"With {FewRows} validation rows or fewer, trials are compared by {metric.Name}: {_task.DefaultMetric.Name} hardly distinguishes them. ")
            + "Call SetMetric for another metric.");
        return metric;
    }

    private static bool IsKey(IDataView trainData, string label, IEstimator<ITransformer>? preFeaturizer)
    {
        // The type of a label that a featurizer creates is known only after it is fitted.
        DataViewSchema schema = preFeaturizer is null ? trainData.Schema : preFeaturizer.Fit(trainData).GetOutputSchema(trainData.Schema);
        string columns = string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => column.Name));
        DataViewType type = schema.GetColumnOrNull(label)?.Type ?? throw new ArgumentException(
            $"Experiment: expected a label column '{label}', got the columns {columns}.",
            nameof(label));
        return type is KeyDataViewType or VectorDataViewType { ItemType: KeyDataViewType };
    }

    private static object Seeded(TrialSettings settings) =>
        settings.Options is RnnSequenceOptions own ? own.With(own.Training with { Seed = own.Training.Seed ?? settings.Seed }) : settings.Options;
}
