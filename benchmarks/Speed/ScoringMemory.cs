using System.Diagnostics;
using Microsoft.ML;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures the memory of a model and of each engine: the growth of the whole process, including native memory.</summary>
internal static class ScoringMemory
{
    private const int Models = 4, Engines = 200;

    public static void Run(Workload workload)
    {
        var ml = new MLContext(1);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlnetrnn-memory-");
        string file = Path.Combine(folder.FullName, "model.zip"), small = Path.Combine(folder.FullName, "small.zip");
        DataViewSchema schema = ml.Data.LoadFromEnumerable<TextRow>([]).Schema;
        RnnTransformer model = workload.NewModel();
        ml.Model.Save(model, schema, file);
        ml.Model.Save(model.Quantize(), schema, small);
        double megaBytes = new FileInfo(file).Length / 1e6;
        Console.WriteLine($"\nMemory of the process, BiLSTM 128 + 128, {Workload.Words:N0} words ({megaBytes:F1} MB file)\n");
        Console.WriteLine("| what | MB each |\n|---|---|");
        var keep = new List<object>();
        Growth("first model of the process, with its first engine", 1, () => keep.Add(Engine(ml, ml.Model.Load(file, out _))));
        Growth($"each of {Models} additional models, with an engine", Models, () => keep.Add(Engine(ml, ml.Model.Load(file, out _))));
        Growth($"each of {Models} models with 8-bit weights, with an engine", Models, () => keep.Add(Engine(ml, ml.Model.Load(small, out _))));
        ITransformer shared = ml.Model.Load(file, out _);
        keep.Add(Engine(ml, shared));
        Growth($"each of {Engines} additional engines over one model", Engines, () => keep.Add(Engine(ml, shared)));
        GC.KeepAlive(keep);
        folder.Delete(recursive: true);
    }

    private static PredictionEngine<TextRow, Scored> Engine(MLContext ml, ITransformer model)
    {
        PredictionEngine<TextRow, Scored> engine = ml.Model.CreatePredictionEngine<TextRow, Scored>(model);
        engine.Predict(new TextRow { Text = "w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w20" });
        return engine;
    }

    private static void Growth(string what, int times, Action make)
    {
        double before = MegaBytes();
        for (int i = 0; i < times; i++) make();
        Console.WriteLine($"| {what} | {(MegaBytes() - before) / times:F2} |");
    }

    private static double MegaBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1e6;
    }
}
