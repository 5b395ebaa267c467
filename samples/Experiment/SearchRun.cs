using MlNetRnn.Experiments;

namespace MlNetRnn.Samples.Experiment;

/// <summary>Runs an experiment where the user can watch it, and end it with Ctrl+C.</summary>
internal static class SearchRun
{
    public static Found Run<TOptions>(Experiment<TOptions> experiment, OptionSpace<TOptions> space, SearchLimits limits)
        where TOptions : class, new()
    {
        limits.SetOn(experiment);
        Console.WriteLine($"Search: {limits}. Ctrl+C ends it with the best so far.");
        using var stop = new CtrlC();
        TrialResult best = Console.IsOutputRedirected
            ? experiment.SetMonitor(new TableMonitor()).RunAsync(stop.Token).GetAwaiter().GetResult()
            : LiveTable.Follow(limits, stop.Token, table => experiment.SetMonitor(table).RunAsync(stop.Token));
        return new Found(best, experiment.Trials.Count, best.TrialSettings.Options is TOptions options ? space.ToJson(options) : "{}");
    }
}
