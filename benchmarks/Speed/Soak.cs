using System.Diagnostics;
using Microsoft.ML;

namespace MlNetRnn.Benchmarks;

/// <summary>Runs many epochs and many predictions, and checks that the memory of the process does not grow after warm-up.</summary>
internal static class Soak
{
    private const int Records = 20;

    /// <summary>The allowed growth of the memory after the first quarter in MB; a twentieth of the memory is always allowed.</summary>
    private const double AllowedMegaBytes = 30;

    /// <summary>Runs the test and prints the memory.</summary>
    /// <returns>Whether the memory stayed flat.</returns>
    public static bool Run(Workload workload, int epochs, int predictions)
    {
        var ml = new MLContext(1);
        Console.WriteLine("\n| what | done | process MB | managed MB |\n|---|---|---|---|");
        var training = new Memory("epochs");
        IDataView data = ml.Data.LoadFromEnumerable(workload.Texts.Select((text, i) =>
            new LabeledText { Label = $"{i % Workload.Classes}", Text = text }));
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        int every = Math.Max(1, epochs / Records);
        ITransformer model = ml.MulticlassClassification.Trainers.RnnTextClassification(new RnnTextClassificationOptions
        {
            Training = new RnnTrainingOptions
            {
                Seed = 1,
                MaxEpochs = epochs,
                Patience = epochs,
                Progress = new Callback(progress =>
                {
                    if (progress.IsEndOfEpoch && progress.Epoch % every == 0) training.Record(progress.Epoch);
                }),
            },
        }).Fit(keyed);
        var scoring = new Memory("predictions");
        using PredictionEngine<TextRow, Scored> engine = ml.Model.CreatePredictionEngine<TextRow, Scored>(model);
        int step = Math.Max(1, predictions / Records);
        for (int i = 1; i <= predictions; i++)
        {
            engine.Predict(new TextRow { Text = workload.Texts[i % workload.Texts.Length] });
            if (i % step == 0) scoring.Record(i);
        }
        return training.IsFlat() & scoring.IsFlat();
    }

    private sealed class Callback(Action<RnnTrainingProgress> report) : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value) => report(value);
    }

    private sealed class Memory(string unit)
    {
        private readonly List<double> _process = [];

        public void Record(int done)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            using Process process = Process.GetCurrentProcess();
            _process.Add(process.WorkingSet64 / 1e6);
            Console.WriteLine($"| {unit} | {done:N0} | {_process[^1]:F0} | {GC.GetTotalMemory(false) / 1e6:F1} |");
        }

        public bool IsFlat()
        {
            double early = _process[..Math.Max(1, _process.Count / 4)].Max(), late = _process[(_process.Count / 2)..].Max();
            bool isFlat = late <= early + Math.Max(AllowedMegaBytes, early / 20);
            Console.WriteLine($"{unit}: at most {early:F0} MB in the first quarter, {late:F0} MB in the second half: {(isFlat ? "flat" : "GROWS")}");
            return isFlat;
        }
    }
}
