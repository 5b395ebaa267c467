using MlNetRnn.Experiments;

namespace MlNetRnn.ExperimentBenchmarks;

/// <summary>The end of a trial.</summary>
internal sealed record Finish(double Seconds, double Metric);

/// <summary>The result of a run.</summary>
/// <param name="Finishes">The ends of the trials, in the order of time.</param>
/// <param name="IsMaximize">Whether a higher metric is better.</param>
/// <param name="Trials">How many there were.</param>
/// <param name="Pruned">How many of them ended early.</param>
/// <param name="Validation">The best trial's metric on the validation rows.</param>
/// <param name="Test">The best model's metric on the test rows, which the search does not use.</param>
/// <param name="Accuracy">Its accuracy on the test rows.</param>
internal sealed record Outcome(IReadOnlyList<Finish> Finishes, bool IsMaximize, int Trials, int Pruned, double Validation, double Test, double Accuracy)
{
    /// <summary>The best metric at a time; NaN before the first trial has ended.</summary>
    public double BestAt(double seconds)
    {
        IEnumerable<double> known = Finishes.TakeWhile(finish => finish.Seconds <= seconds).Select(finish => finish.Metric).DefaultIfEmpty(double.NaN);
        return IsMaximize ? known.Max() : known.Min();
    }
}

/// <summary>A tuner and a pruner.</summary>
internal sealed record Way(string Name, Func<ITuner> Tuner, Func<IPruner?> Pruner)
{
    public static IReadOnlyList<Way> All { get; } =
    [
        new("random", () => new RandomTuner(), () => null),
        new("tpe-median", () => new TpeTuner(), () => new MedianPruner()),
        new("tpe", () => new TpeTuner(), () => null),
        new("random-median", () => new RandomTuner(), () => new MedianPruner()),
        new("tpe-halving", () => new TpeTuner(), () => new SuccessiveHalvingPruner()),
        new("tpe-hyperband", () => new TpeTuner(), () => new HyperbandPruner()),
    ];
}
