using System.Diagnostics;
using MlNetRnn.Experiments;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MlNetRnn.Samples.Experiment;

/// <summary>
/// The trials on a terminal while they run: a row for each, with epoch and validation metric of running ones, the best in green, and the remaining time. If
/// they do not fit, the best and the latest are shown, and all of them at the end.
/// </summary>
internal sealed class LiveTable(ExperimentSettings limits, CancellationToken stop) : IMonitor
{
    private const int FrameMilliseconds = 250, LinesAround = 8, WidthOfOtherColumns = 50, LeastWidth = 20;

    private readonly Lock _one = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly SortedDictionary<int, TrialResult> _done = [];
    private readonly SortedDictionary<int, (TrialSettings Settings, RnnTrainingProgress? Progress, TimeSpan Since)> _running = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, object?>> _starts = [];
    private TimeSpan _before;
    private int _best = -1;

    /// <summary>Shows a table until an experiment has ended.</summary>
    public static TrialResult Follow(ExperimentSettings limits, CancellationToken stop, Func<LiveTable, Task<TrialResult>> run)
    {
        var table = new LiveTable(limits, stop);
        Task<TrialResult> experiment = run(table);
        AnsiConsole.Live(Text.Empty).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(screen =>
        {
            do screen.UpdateTarget(table.Draw(isOver: false));
            while (Task.WaitAny([experiment], FrameMilliseconds) < 0);
        });
        if (table._done.Count > 0) AnsiConsole.Write(table.Draw(isOver: true));
        return experiment.GetAwaiter().GetResult();
    }

    public void ReportRunningTrial(TrialSettings settings)
    {
        lock (_one)
        {
            _starts.TryAdd(settings.PipelineName, settings.Parameter);
            _running[settings.TrialId] = (settings, null, _watch.Elapsed);
        }
    }

    public void ReportEpoch(TrialSettings settings, RnnTrainingProgress progress)
    {
        lock (_one)
            if (_running.TryGetValue(settings.TrialId, out var trial)) _running[settings.TrialId] = trial with { Progress = progress };
    }

    public void ReportCompletedTrial(TrialResult result)
    {
        lock (_one)
        {
            _starts.TryAdd(result.TrialSettings.PipelineName, result.TrialSettings.Parameter);
            // A trial that never ran in this process ran before a restart, and its time counts.
            if (!_running.Remove(result.TrialSettings.TrialId)) _before += TimeSpan.FromMilliseconds(result.DurationInMilliseconds / limits.ParallelTrials);
            // The table must not keep a released model alive.
            _done[result.TrialSettings.TrialId] = result with { Model = null };
        }
    }

    public void ReportBestTrial(TrialResult result)
    {
        lock (_one) _best = result.TrialSettings.TrialId;
    }

    public void ReportFailTrial(TrialSettings settings, Exception? exception = null) =>
        ReportCompletedTrial(new TrialResult { TrialSettings = settings, Ending = TrialEnding.Failed, Exception = exception });

    private Table Draw(bool isOver)
    {
        lock (_one)
        {
            Table table = new Table().Border(TableBorder.Simple).Caption(isOver ? "" : Footer());
            foreach (string header in TrialCells.Headers)
                table.AddColumn(new TableColumn(header) { NoWrap = header != TrialCells.Headers[^1], Padding = new Padding(0, 1) });
            foreach (int number in new[] { 0, 2, 4, 5 }) table.Columns[number].RightAligned();
            TrialResult[] shown = isOver ? [.. _done.Values] : Fitting(AnsiConsole.Profile.Height - LinesAround - _running.Count);
            if (shown.Length < _done.Count) table.AddRow("", "…", "", $"{_done.Count - shown.Length} more");
            foreach (TrialResult result in shown)
                table.AddRow(Row(
                    TrialCells.Of(result, _starts[result.TrialSettings.PipelineName]),
                    result.TrialSettings.TrialId == _best ? "green" : result.Ending == TrialEnding.Failed ? "red" : "default",
                    isOver));
            if (isOver) return table;
            foreach ((TrialSettings settings, RnnTrainingProgress? progress, TimeSpan since) in _running.Values)
                table.AddRow(Row(
                    TrialCells.OfRunning(settings, progress, (_watch.Elapsed - since).TotalSeconds, _starts[settings.PipelineName]), "yellow", isOver));
            return table;
        }
    }

    private TrialResult[] Fitting(int rows) =>
        rows >= _done.Count
            ? [.. _done.Values]
            : [.. _done.Values.Where((result, i) => result.TrialSettings.TrialId == _best || i >= _done.Count - Math.Max(rows, 1))];

    private static IEnumerable<IRenderable> Row(string[] cells, string color, bool isWhole)
    {
        // Long options have one line while the table changes, and as many as they need at the end.
        int width = Math.Max(LeastWidth, AnsiConsole.Profile.Width - WidthOfOtherColumns);
        if (!isWhole && cells[^1].Length > width) cells[^1] = cells[^1][..(width - 1)] + "…";
        if (color == "green") cells[0] = "★ " + cells[0];
        return cells.Select(cell => new Text(cell, Style.Parse(color)));
    }

    private string Footer()
    {
        string time = stop.IsCancellationRequested
            ? "ending"
            : limits.MaxExperimentTimeInSeconds is { } seconds
                ? $"{Math.Max(0, seconds - (_before + _watch.Elapsed).TotalSeconds):F0} s left"
                : $"{_watch.Elapsed.TotalSeconds:F0} s";
        return $"trials done: {_done.Count}{(limits.MaxModels is { } most ? $" of {most}" : "")}, {time}{(_best < 0 ? "" : $", best: trial {_best}")}";
    }
}
