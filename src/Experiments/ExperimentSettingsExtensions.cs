namespace MlNetRnn.Experiments;

/// <summary>Sets the settings of an experiment one by one, with the names of AutoML.</summary>
public static class ExperimentSettingsExtensions
{
    /// <summary>Sets <see cref="ExperimentSettings.MaxExperimentTimeInSeconds"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="seconds">The value.</param>
    public static Experiment<TOptions> SetTrainingTimeInSeconds<TOptions>(this Experiment<TOptions> experiment, uint seconds)
        where TOptions : class, new() => experiment.With(settings => settings with { MaxExperimentTimeInSeconds = seconds });

    /// <summary>Sets <see cref="ExperimentSettings.MaxModels"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="maxModels">The value.</param>
    public static Experiment<TOptions> SetMaxModelToExplore<TOptions>(this Experiment<TOptions> experiment, int maxModels)
        where TOptions : class, new() => experiment.With(settings => settings with { MaxModels = maxModels });

    /// <summary>Sets <see cref="ExperimentSettings.Seed"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="seed">The value.</param>
    public static Experiment<TOptions> SetSeed<TOptions>(this Experiment<TOptions> experiment, int seed)
        where TOptions : class, new() => experiment.With(settings => settings with { Seed = seed });

    /// <summary>Sets <see cref="ExperimentSettings.ParallelTrials"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="trials">The value.</param>
    public static Experiment<TOptions> SetParallelTrials<TOptions>(this Experiment<TOptions> experiment, int trials)
        where TOptions : class, new() => experiment.With(settings => settings with { ParallelTrials = trials });

    /// <summary>Sets <see cref="ExperimentSettings.MaximumMemoryUsageInMegaByte"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="megaByte">The value.</param>
    public static Experiment<TOptions> SetMaximumMemoryUsageInMegaByte<TOptions>(this Experiment<TOptions> experiment, double megaByte)
        where TOptions : class, new() => experiment.With(settings => settings with { MaximumMemoryUsageInMegaByte = megaByte });

    /// <summary>Sets <see cref="ExperimentSettings.CheckpointFolder"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">The value.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static Experiment<TOptions> SetCheckpoint<TOptions>(this Experiment<TOptions> experiment, string folder)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(folder);
        return experiment.With(settings => settings with { CheckpointFolder = folder });
    }

    /// <summary>Sets <see cref="ExperimentSettings.ReportFile"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="path">The value.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static Experiment<TOptions> SetReport<TOptions>(this Experiment<TOptions> experiment, string path)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(path);
        return experiment.With(settings => settings with { ReportFile = path });
    }

    /// <summary>Sets <see cref="ExperimentSettings.Tuner"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="tuner">The value.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static Experiment<TOptions> SetTuner<TOptions>(this Experiment<TOptions> experiment, ITuner tuner)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(tuner);
        return experiment.With(settings => settings with { Tuner = tuner });
    }

    /// <summary>Sets <see cref="ExperimentSettings.Pruner"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="pruner">The value; <see langword="null"/> disables pruning.</param>
    public static Experiment<TOptions> SetPruner<TOptions>(this Experiment<TOptions> experiment, IPruner? pruner)
        where TOptions : class, new() => experiment.With(settings => settings with { Pruner = pruner });

    /// <summary>Sets <see cref="ExperimentSettings.Monitor"/>.</summary>
    /// <typeparam name="TOptions">The options that are searched.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="monitor">The value.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static Experiment<TOptions> SetMonitor<TOptions>(this Experiment<TOptions> experiment, IMonitor monitor)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(monitor);
        return experiment.With(settings => settings with { Monitor = monitor });
    }

    private static Experiment<TOptions> With<TOptions>(this Experiment<TOptions> experiment, Func<ExperimentSettings, ExperimentSettings> change)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return experiment.SetSettings(change(experiment.Settings));
    }
}
