using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MlNetRnn.Experiments;

namespace MlNetRnn.ExperimentBenchmarks;

/// <summary>An experiment that runs with different tuners.</summary>
internal abstract class Search
{
    /// <summary>The metric that the search optimizes.</summary>
    public abstract string Metric { get; }

    /// <summary>Whether a higher metric is better.</summary>
    public abstract bool IsMaximize { get; }

    /// <summary>Runs the experiment.</summary>
    /// <param name="seconds">The duration.</param>
    /// <param name="seed">The seed of the experiment.</param>
    /// <param name="parallel">The number of trials that run at once.</param>
    /// <param name="way">The tuner and the pruner.</param>
    public abstract Outcome Run(int seconds, int seed, int parallel, Way way);

    /// <summary>Trains the default options, with the seed of the first trial of an experiment.</summary>
    public abstract Outcome Defaults(int seed);

    /// <summary>Measures an experiment and, in turns, the training and evaluation of the same options without it.</summary>
    public abstract IEnumerable<OverheadRound> Overhead(int trials, int rounds, int seed);
}

/// <summary>The seconds of an experiment, of the experiment outside its trials, and of the same trainings and evaluations without it.</summary>
internal sealed record OverheadRound(double Experiment, double Outside, double Bare);

/// <inheritdoc cref="Search"/>
/// <param name="load">Loads the rows.</param>
/// <param name="pipeline">Creates the pipeline.</param>
/// <param name="space">The search space.</param>
/// <param name="decides">The metric that the search optimizes.</param>
/// <param name="accuracy">The accuracy, for the table.</param>
/// <param name="measure">The evaluator of the task.</param>
internal sealed class Search<TOptions, TMetrics>(
    Func<MLContext, (IDataView Train, IDataView Validation, IDataView Test)> load,
    Func<MLContext, TOptions, IEstimator<ITransformer>> pipeline,
    OptionSpace<TOptions> space,
    TaskMetric<TMetrics> decides, TaskMetric<TMetrics> accuracy, Func<MLContext, IDataView, TMetrics> measure)
    : Search
    where TOptions : RnnSequenceOptions, new()
{
    public override string Metric => decides.Name;

    public override bool IsMaximize => decides.IsMaximize;

    public override Outcome Run(int seconds, int seed, int parallel, Way way)
    {
        var ml = new MLContext(seed);
        (IDataView train, IDataView validation, IDataView test) = load(ml);
        DateTime began = DateTime.UtcNow;
        Experiment<TOptions> experiment = Create(ml, train, validation, seed)
            .SetTrainingTimeInSeconds((uint)seconds).SetParallelTrials(parallel).SetTuner(way.Tuner()).SetPruner(way.Pruner())
            .SetMonitor(new TableMonitor(Console.Error));
        TrialResult best = experiment.Run();
        Console.Error.WriteLine(OptionsCode.Of(best.TrialSettings.Options));
        return OutcomeOf(ml, experiment, best, test, began);
    }

    public override Outcome Defaults(int seed)
    {
        var ml = new MLContext(seed);
        (IDataView train, IDataView validation, IDataView test) = load(ml);
        DateTime began = DateTime.UtcNow;
        Experiment<TOptions> experiment = Create(ml, train, validation, seed).SetMaxModelToExplore(1);
        return OutcomeOf(ml, experiment, experiment.Run(), test, began);
    }

    public override IEnumerable<OverheadRound> Overhead(int trials, int rounds, int seed)
    {
        var ml = new MLContext(seed);
        (IDataView train, IDataView validation, _) = load(ml);
        // The first experiment includes loading libtorch and compilation. It determines the options.
        (Experiment<TOptions> first, _) = Timed(ml, train, validation, trials, seed);
        for (int round = 0; round < rounds; round++)
        {
            double bare = first.Trials.Sum(trial => Bare(trial, train, validation));
            (Experiment<TOptions> experiment, double all) = Timed(ml, train, validation, trials, seed);
            yield return new OverheadRound(all, all - experiment.Trials.Sum(trial => trial.DurationInMilliseconds) / 1000, bare);
        }
    }

    private (Experiment<TOptions>, double Seconds) Timed(MLContext ml, IDataView train, IDataView validation, int trials, int seed)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        var watch = Stopwatch.StartNew();
        Experiment<TOptions> experiment = Create(ml, train, validation, seed)
            .SetMaxModelToExplore(trials).SetPruner(null).SetMonitor(new TableMonitor(Console.Error))
            .SetCheckpoint(folder.FullName).SetReport(Path.Combine(folder.FullName, "report.html"));
        experiment.Run();
        double seconds = watch.Elapsed.TotalSeconds;
        folder.Delete(recursive: true);
        return (experiment, seconds);
    }

    private double Bare(TrialResult trial, IDataView train, IDataView validation)
    {
        var watch = Stopwatch.StartNew();
        var child = new MLContext(trial.TrialSettings.Seed);
        var options = (TOptions)trial.TrialSettings.Options;
        // The trainer needs the validation rows as the transforms of the pipeline return them.
        IDataView own = typeof(TOptions) == typeof(RnnTextClassificationOptions)
            ? child.Transforms.Conversion.MapValueToKey("Label").Fit(train).Transform(validation)
            : validation;
        options = options with { Training = options.Training with { Seed = trial.TrialSettings.Seed, ValidationSet = own } };
        ITransformer model = pipeline(child, options).Fit(train);
        double value = decides.Value(measure(child, model.Transform(validation)));
        if (value != trial.Metric)
            Console.Error.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"trial {trial.TrialSettings.TrialId}: {trial.Metric:R} in the experiment, {value:R} alone"));
        return watch.Elapsed.TotalSeconds;
    }

    private Outcome OutcomeOf(MLContext ml, Experiment<TOptions> experiment, TrialResult best, IDataView test, DateTime began)
    {
        Finish[] finished =
        [
            .. experiment.Trials.Where(trial => trial.Ending != TrialEnding.Failed)
                .Select(trial => new Finish((trial.TrialSettings.EndedAtUtc!.Value - began).TotalSeconds, trial.Metric)).OrderBy(finish => finish.Seconds),
        ];
        TMetrics tested = measure(ml, best.Model!.Transform(test));
        return new Outcome(finished, IsMaximize, experiment.Trials.Count, experiment.Trials.Count(trial => trial.Ending == TrialEnding.Pruned), best.Metric,
            decides.Value(tested), accuracy.Value(tested));
    }

    private Experiment<TOptions> Create(MLContext ml, IDataView train, IDataView validation, int seed) =>
        ml.Rnn().CreateExperiment<TOptions>().SetPipeline(pipeline).SetSearchSpace(space).SetDataset(train, validation).SetMetric(decides, measure)
            .SetSeed(seed);
}
