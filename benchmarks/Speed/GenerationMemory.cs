using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Benchmarks;

/// <summary>
/// Measures the memory of the process while one text of a million characters is generated, and after a thousand generators were opened and dropped.
/// </summary>
internal static class GenerationMemory
{
    private const int Symbols = 1_000_000, Parts = 10, Generators = 1000;

    public static void Run()
    {
        var ml = new MLContext(1);
        IDataView lines = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new TextRow { Text = $"line {i} of {i * 7919 % 1000}" }));
        RnnLanguageModelTransformer model = ml.Transforms.Text.RnnLanguageModel(joinRows: true, maxEpochs: 1).Fit(lines);
        RnnTextGenerator generator = ml.Rnn().CreateTextGenerator(model);
        Console.WriteLine($"\nLSTM 256, one stream of {Symbols:N0} characters, then {Generators:N0} generators\n\n| after | MB of the process |\n|---|---|");
        Print("10,000 characters", () => Stream(generator, Symbols / 100).GetAwaiter().GetResult());
        Stream(generator, Symbols, (done, total) => Print($"{done:N0} characters", () => { })).GetAwaiter().GetResult();
        Print($"{Generators:N0} generators", () =>
        {
            for (int i = 0; i < Generators; i++) ml.Rnn().CreateTextGenerator(model).Generate("line", new RnnGenerationOptions { MaximumLength = 20 });
        });
    }

    private static async Task Stream(RnnTextGenerator generator, int symbols, Action<int, int>? report = null)
    {
        int done = 0, reported = 0;
        await foreach (string part in generator.StreamAsync("line", new RnnGenerationOptions { MaximumLength = symbols, Seed = 1 }))
        {
            done += part.Length;
            if (report is null || done * (long)Parts / symbols == reported) continue;
            reported++;
            report(done, symbols);
        }
    }

    private static void Print(string after, Action action)
    {
        action();
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {after} | {process.WorkingSet64 / 1e6:F1} |"));
    }
}
