namespace MlNetRnn.ExperimentBenchmarks;

/// <summary>Prints the overhead of an experiment in addition to its trainings, round by round.</summary>
internal static class Overheads
{
    public static void Print(string set, IEnumerable<OverheadRound> rounds)
    {
        Console.WriteLine("| data set | round | experiment s | of that outside the trials s | the same without s | overhead |\n|---|---|---|---|---|---|");
        int round = 0;
        double all = 0, outside = 0, bare = 0;
        foreach (OverheadRound one in rounds)
        {
            Row($"{++round}", one.Experiment, one.Outside, one.Bare);
            (all, outside, bare) = (all + one.Experiment, outside + one.Outside, bare + one.Bare);
        }
        Row("all", all, outside, bare);

        void Row(string name, double experiment, double outsideTrials, double without) =>
            Console.WriteLine($"| {set} | {name} | {experiment:F1} | {outsideTrials:F2} | {without:F1} | {100 * (experiment / without - 1):F1} % |");
    }
}
