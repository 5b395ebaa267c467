namespace MlNetRnn.Benchmarks;

/// <summary>Measures the scoring of single rows: prediction engines from text to scores, compared with ONNX Runtime alone and with other libraries.</summary>
internal static class EngineSpeed
{
    private const int Calls = 2_000;

    public static void Run(Workload workload, int rounds)
    {
        foreach (int words in new[] { 1, 20, 200 })
        {
            int calls = Calls * 20 / Math.Max(words, 20);
            using var ways = new EngineWays(workload, words);
            float sum = 0;
            Turns.Run($"One row of {words} word(s), BiLSTM 128 + 128", "rows", rounds, [.. ways.All.Select(way => (way.Name, (Func<double>)(() =>
            {
                for (int i = 0; i < calls; i++) sum += way.Call();
                return calls;
            })))]);
        }
    }
}
