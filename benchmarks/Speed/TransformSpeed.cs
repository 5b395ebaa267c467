using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using TorchSharp;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures the scoring of many rows: Transform from text to a column, compared with batches of token numbers in ONNX Runtime alone.</summary>
internal static class TransformSpeed
{
    private const int BatchSize = 64;

    public static void Run(Workload workload, int rounds)
    {
        var ml = new MLContext(1);
        RnnTransformer model = workload.NewModel(), small = model.Quantize();
        ITransformer linear = LinearModel.Of(ml, workload);
        using PlainNetwork plain = PlainNetwork.Of(workload);
        plain.eval();
        byte[] graph = model.Model.Network.Graph;
        using InferenceSession oneThread = Open(graph, threads: 1), allThreads = Open(graph, threads: 0);
        IDataView data = ml.Data.LoadFromEnumerable(workload.Texts.Select(text => new TextRow { Text = text }));
        Turns.Run($"{workload.Texts.Length:N0} rows, BiLSTM 128 + 128", "rows", rounds,
            ($"ONNX Runtime alone, padded batches of {BatchSize} in file order, its default threads", () => Batches(allThreads, workload)),
            ($"ONNX Runtime alone, padded batches of {BatchSize} in file order, one thread", () => Batches(oneThread, workload)),
            ("Transform, from text", () => Scored(model)),
            ("Transform, 8-bit weights, from text", () => Scored(small)),
            ($"TorchSharp without gradients, padded batches of {BatchSize} in file order, its default threads", () => Eager(plain, workload)),
            ("ML.NET FeaturizeText + SDCA, Transform", () => Scored(linear)));

        double Scored(ITransformer transformer) => transformer.Transform(data).GetColumn<float[]>("Score").Count();
    }

    public static InferenceSession Open(byte[] graph, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL };
        return new InferenceSession(graph, options);
    }

    private static double Eager(PlainNetwork plain, Workload workload)
    {
        torch.set_num_threads(Environment.ProcessorCount);
        foreach (int[] rows in Enumerable.Range(0, workload.Examples.Count).Chunk(BatchSize))
            plain.Score(PaddedBatch.From(workload.Examples.Sequences, rows));
        return workload.Examples.Count;
    }

    private static double Batches(InferenceSession session, Workload workload)
    {
        using var run = new RunOptions();
        float sum = 0;
        foreach (int[] rows in Enumerable.Range(0, workload.Examples.Count).Chunk(BatchSize))
        {
            PaddedBatch batch = PaddedBatch.From(workload.Examples.Sequences, rows);
            using OrtValue ids = OrtValue.CreateTensorValueFromMemory(batch.Tokens, [batch.Rows, batch.Steps]);
            using OrtValue lengths = OrtValue.CreateTensorValueFromMemory(batch.Lengths, [batch.Rows]);
            using IDisposableReadOnlyCollection<OrtValue> output =
                session.Run(run, [NetworkSignature.Tokens, NetworkSignature.Lengths], [ids, lengths], [NetworkSignature.Scores]);
            sum += output[0].GetTensorDataAsSpan<float>()[0];
        }
        return workload.Examples.Count;
    }
}
