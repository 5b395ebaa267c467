using System.Diagnostics;
using Microsoft.ML;

namespace MlNetRnn.Benchmarks;

/// <summary>How much memory a training takes whose texts come from a stream: the network keeps integers, not texts.</summary>
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
        Console.WriteLine($"\nOne epoch over {tokens:N0} tokens in {tokens / WordsPerRow:N0} rows, defaults: at most {process.PeakWorkingSet64 >> 20:N0} MB of memory in the process, {before >> 20:N0} MB before");
    }

    private static IEnumerable<LabelledText> Rows(int count)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++) yield return new LabelledText { Label = $"{i % 4}", Text = Workload.Text(random, WordsPerRow) };
    }

    private sealed class LabelledText
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
