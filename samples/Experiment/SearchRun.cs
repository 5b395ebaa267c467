using MlNetRnn.Experiments;

namespace MlNetRnn.Samples.Experiment;

/// <summary>Runs an experiment, shows its progress, and ends it when Ctrl+C is pressed.</summary>
internal static class SearchRun
{
    /// <exception cref="InvalidOperationException">No trial produced a model.</exception>
    public static Found Run<TOptions>(Experiment<TOptions> experiment, OptionSpace<TOptions> space, ExperimentSettings settings)
        where TOptions : class, new()
    {
        experiment.SetSettings(settings);
        Console.WriteLine($"Search: {SearchLimits.Of(settings)}. Ctrl+C ends it and keeps the best model so far.");
        using var stop = new CtrlC();
        try
        {
            TrialResult best = Console.IsOutputRedirected
                ? experiment.SetMonitor(new LineMonitor()).RunAsync(stop.Token).GetAwaiter().GetResult()
                : LiveTable.Follow(settings, stop.Token, table => experiment.SetMonitor(table).RunAsync(stop.Token));
            return new Found(best, experiment.Trials, best.TrialSettings.Options is TOptions options ? space.ToJson(options) : "{}");
        }
        catch (AggregateException all)
        {
            // Its message repeats the errors of all trials, which the table shows.
            throw new InvalidOperationException(
                $"expected at least one trial to end with a model, got none: {all.InnerExceptions.Count} failed. The first error: "
                    + $"{all.InnerExceptions[0].Message}",
                all);
        }
    }
}
