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
/// <para>Every trainer of this library in the pipeline measures each epoch on the experiment's validation rows, brought to it through the pipeline's own fitted
/// transforms, keeps its best epoch, and can be pruned; where a cache in the pipeline holds the training rows fast, it holds a share of those out instead.</para>
/// </remarks>
/// <typeparam name="TOptions">The options that are searched: of a trainer of this library, or any class with properties.</typeparam>
public sealed partial class Experiment<TOptions>
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

    /// <summary>Sets what is optimized: any number that can be measured on scored rows.</summary>
    /// <param name="name">What it is called in tables.</param>
    /// <param name="maximize">Whether higher is better.</param>
    /// <param name="evaluate">Measures scored rows; called by several threads where trials run at once.</param>
    public Experiment<TOptions> SetMetric(string name, bool maximize, Func<MLContext, IDataView, double> evaluate)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(evaluate);
        _metric = new ExperimentMetric(name, maximize, (context, scored) => new Measured(evaluate(context, scored), null));
        return this;
    }

    /// <summary>Sets what is optimized: one of the metrics of a task; the others are kept in <see cref="TrialResult.Metrics"/>.</summary>
    /// <typeparam name="TMetrics">All metrics of the task.</typeparam>
    /// <param name="metric">The one that decides.</param>
    /// <param name="evaluate">Measures scored rows; called by several threads where trials run at once.</param>
    public Experiment<TOptions> SetMetric<TMetrics>(TaskMetric<TMetrics> metric, Func<MLContext, IDataView, TMetrics> evaluate)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(evaluate);
        _metric = ExperimentMetric.Of(metric, null, evaluate);
        return this;
    }

    /// <summary>The same, with the label column, so that it is found before the first trial where the metric has no value.</summary>
    internal Experiment<TOptions> SetMetric<TMetrics>(TaskMetric<TMetrics> metric, string label, Func<MLContext, IDataView, TMetrics> evaluate, Func<IDataView, double?>? special = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        _metric = ExperimentMetric.Of(metric, label, evaluate, special);
        return this;
    }

    /// <summary>The number of rows that trials are measured on, counted up to a limit.</summary>
    internal int ValidationRows(int limit)
    {
        int rows = 0;
        foreach ((_, IDataView validation) in _folds ?? [])
        {
            using DataViewRowCursor cursor = validation.GetRowCursor([]);
            while (rows < limit && cursor.MoveNext()) rows++;
        }
        return rows;
    }

    private sealed class NoOptions;
}
