using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MlNetRnn.Experiments;

namespace MlNetRnn.ExperimentBenchmarks;

/// <summary>An experiment that can be run with one tuner or another.</summary>
internal abstract class Search
{
    /// <param name="seconds">The budget.</param>
    /// <param name="seed">The seed of the experiment.</param>
    /// <param name="parallel">How many trials run at once.</param>
    /// <param name="way">Who chooses, and who ends trials early.</param>
    public abstract Outcome Run(int seconds, int seed, int parallel, Way way);

    /// <summary>The defaults by themselves, with the seed of an experiment's first trial.</summary>
    public abstract (double Validation, double Test, double Seconds) Defaults(int seed);

    /// <summary>An experiment of some trials, and the training and measuring of the same options without it.</summary>
    /// <returns>Seconds of the experiment, of that outside its trials, of the bare Fit, and of Fit and measuring.</returns>
    public abstract (double Experiment, double Outside, double Fit, double FitAndMeasure) Overhead(int trials, int seed);
}

/// <inheritdoc cref="Search"/>
internal sealed class Search<TOptions>(
    Func<MLContext, (IDataView Train, IDataView Validation, IDataView Test)> load, Func<MLContext, TOptions, IEstimator<ITransformer>> pipeline, OptionSpace<TOptions> space, string metric, Func<MLContext, IDataView, double> measure)
    : Search
    where TOptions : RnnSequenceOptions, new()
{
    public override Outcome Run(int seconds, int seed, int parallel, Way way)
    {
        var ml = new MLContext(seed);
        (IDataView train, IDataView validation, IDataView test) = load(ml);
        DateTime began = DateTime.UtcNow;
        Experiment<TOptions> experiment = Create(ml, train, validation, seed)
            .SetTrainingTimeInSeconds((uint)seconds).SetParallelTrials(parallel).SetTuner(way.Tuner()).SetPruner(way.Pruner()).SetMonitor(new TableMonitor(Console.Error));
        TrialResult best = experiment.Run();
        Console.Error.WriteLine(OptionsCode.Of(best.TrialSettings.Options));
        Finish[] finished =
        [
            .. experiment.Trials.Where(trial => trial.Ending != TrialEnding.Failed)
                .Select(trial => new Finish((trial.TrialSettings.EndedAtUtc!.Value - began).TotalSeconds, trial.Metric)).OrderBy(finish => finish.Seconds),
        ];
        return new Outcome(finished, experiment.Trials.Count, experiment.Trials.Count(trial => trial.Ending == TrialEnding.Pruned), best.Metric, measure(ml, best.Model!.Transform(test)));
    }

    public override (double Validation, double Test, double Seconds) Defaults(int seed)
    {
        var ml = new MLContext(seed);
        (IDataView train, IDataView validation, IDataView test) = load(ml);
        Experiment<TOptions> experiment = Create(ml, train, validation, seed).SetMaxModelToExplore(1);
        TrialResult only = experiment.Run();
        return (only.Metric, measure(ml, only.Model!.Transform(test)), only.DurationInMilliseconds / 1000);
    }

    public override (double Experiment, double Outside, double Fit, double FitAndMeasure) Overhead(int trials, int seed)
    {
        var ml = new MLContext(seed);
        (IDataView train, IDataView validation, _) = load(ml);
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        var watch = Stopwatch.StartNew();
        Experiment<TOptions> experiment = Create(ml, train, validation, seed)
            .SetMaxModelToExplore(trials).SetPruner(null).SetMonitor(new TableMonitor(Console.Error))
            .SetCheckpoint(folder.FullName).SetReport(Path.Combine(folder.FullName, "report.html"));
        experiment.Run();
        double all = watch.Elapsed.TotalSeconds, fit = 0, measured = 0;
        foreach (TrialResult trial in experiment.Trials)
        {
            watch.Restart();
            var child = new MLContext(trial.TrialSettings.Seed);
            var options = (TOptions)trial.TrialSettings.Options;
            // The trainer's rows are those of the pipeline's transforms.
            var keys = child.Transforms.Conversion.MapValueToKey("Label").Fit(train);
            IDataView own = typeof(TOptions) == typeof(RnnTextClassificationOptions) ? keys.Transform(validation) : validation;
            options = options with { Training = options.Training with { Seed = trial.TrialSettings.Seed, ValidationSet = own } };
            ITransformer model = pipeline(child, options).Fit(train);
            fit += watch.Elapsed.TotalSeconds;
            double value = measure(child, model.Transform(validation));
            measured += watch.Elapsed.TotalSeconds;
            if (value != trial.Metric) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trial {trial.TrialSettings.TrialId}: {trial.Metric:R} in the experiment, {value:R} alone"));
        }
        folder.Delete(recursive: true);
        return (all, all - experiment.Trials.Sum(trial => trial.DurationInMilliseconds) / 1000, fit, measured);
    }

    private Experiment<TOptions> Create(MLContext ml, IDataView train, IDataView validation, int seed) =>
        ml.Rnn().CreateExperiment<TOptions>().SetPipeline(pipeline).SetSearchSpace(space).SetDataset(train, validation).SetMetric(metric, maximize: true, measure).SetSeed(seed);
}
