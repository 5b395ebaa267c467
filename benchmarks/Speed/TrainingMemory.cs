using System.Diagnostics;
using Microsoft.ML;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures the memory of a training whose texts come from a stream. The library keeps integers instead of texts.</summary>
internal static class TrainingMemory
{
    private const int WordsPerRow = 100;

    public static void Run(int tokens)
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(Rows(tokens / WordsPerRow));
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        long before = Process.GetCurrentProcess().WorkingSet64;
        ml.MulticlassClassification.Trainers.RnnTextClassification(maxEpochs: 1).Fit(keyed);
        Process process = Process.GetCurrentProcess();
        Console.WriteLine($"\nOne epoch over {tokens:N0} tokens in {tokens / WordsPerRow:N0} rows, default options: "
            + $"peak memory of the process {process.PeakWorkingSet64 >> 20:N0} MB, before training {before >> 20:N0} MB");
    }

    private static IEnumerable<LabeledText> Rows(int count)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++) yield return new LabeledText { Label = $"{i % 4}", Text = Workload.Text(random, WordsPerRow) };
    }
}
