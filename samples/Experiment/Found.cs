using MlNetRnn.Experiments;

namespace MlNetRnn.Samples.Experiment;

/// <summary>The result of a search.</summary>
/// <param name="Best">The best trial, with its model.</param>
/// <param name="Trials">All trials.</param>
/// <param name="Options">The searched options of the best trial in JSON; {} if its pipeline has none.</param>
internal sealed record Found(TrialResult Best, IReadOnlyList<TrialResult> Trials, string Options)
{
    /// <summary>Prints lines that other programs can parse: the last lines of every search.</summary>
    public void Print()
    {
        TrainingRun.Print("BestMetric", Best.Metric, "F4");
        TrainingRun.Print("Trials", Trials.Count, "F0");
        Console.WriteLine($"BestOptions: {Options}");
    }
}
