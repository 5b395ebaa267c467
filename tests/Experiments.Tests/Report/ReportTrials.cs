namespace MlNetRnn.Experiments.Tests;

/// <summary>Trials for reports.</summary>
internal static class ReportTrials
{
    public const string Awkward = "<b>&amp; \"quotes\" 'ticks' ]]> </script> Ünïcödé 🧠 \u2028 end";

    public static TrialResult[] Trials(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Trial(i, 0.5 + 0.3 * Math.Sin(i), i % 3 == 2 ? TrialEnding.Pruned : TrialEnding.Completed))];

    public static TrialResult Trial(int number, double metric, TrialEnding ending = TrialEnding.Completed)
    {
        var start = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        return new TrialResult
        {
            TrialSettings = new TrialSettings
            {
                TrialId = number,
                Seed = TrialSettings.SeedOf(1, number),
                Dimensions = [SearchDimension.Range("Network.HiddenSize", typeof(int), 16, 256, true), SearchDimension.Choice("Cell", [Awkward, "Gru"]),
                    SearchDimension.Range("Layers", typeof(int), 1, 3, false)],
                Point = [0.5, number * 0.3 % 1, number * 0.7 % 1],
                Options = new Shape { Size = 64 },
                Parameter = new Dictionary<string, object?> { ["Network.HiddenSize"] = 64, ["Cell"] = "Gru", ["Layers"] = 2, ["Rate"] = 0.125 },
                StartedAtUtc = start.AddSeconds(20 * number),
                EndedAtUtc = start.AddSeconds(20 * number + 10),
            },
            Ending = ending,
            Metric = metric,
            Curve = [0.1, 0.2, metric],
            DurationInMilliseconds = 10_000,
            PeakMemoryInMegaByte = 12.5,
        };
    }

    private sealed class Shape
    {
        public int Size { get; set; }
    }
}
