using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Networks;

namespace MlNetRnn.Benchmarks;

/// <summary>One row at a time: a prediction engine, from text to scores, against the bare call of ONNX Runtime on token numbers.</summary>
internal static class EngineSpeed
{
    private const int Calls = 2_000;

    public static void Run(Workload workload, int rounds)
    {
        var ml = new MLContext(1);
        RnnTransformer model = workload.NewModel();
        using InferenceSession session = TransformSpeed.Open(model.Model.Network.Graph, threads: 1);
        using var run = new RunOptions();
        var random = new Random(2);
        foreach (int words in new[] { 1, 20, 200 })
        {
            int calls = Calls * 20 / Math.Max(words, 20);
            PredictionEngine<TextRow, Scored> engine = ml.Model.CreatePredictionEngine<TextRow, Scored>(model);
            string[] texts = [.. Enumerable.Range(0, 64).Select(_ => Workload.Text(random, words))];
            long[][] tokens = [.. texts.Select(text => text.Split(' ').Select(word => (long)workload.Vocabulary.IndexOf(word)).ToArray())];
            var row = new TextRow();
            var result = new Scored();
            float sum = 0;
            Turns.Run($"One row of {words} word(s), BiLSTM 128 + 128", "rows", rounds,
                ("ONNX Runtime alone, from token numbers", () =>
                {
                    for (int i = 0; i < calls; i++)
                    {
                        using OrtValue ids = OrtValue.CreateTensorValueFromMemory(tokens[i % 64], [1, words]), lengths = OrtValue.CreateTensorValueFromMemory(new[] { words }, [1]);
                        using IDisposableReadOnlyCollection<OrtValue> output = session.Run(run, [NetworkSignature.Tokens, NetworkSignature.Lengths], [ids, lengths], [NetworkSignature.Scores]);
                        sum += output[0].GetTensorDataAsSpan<float>()[0];
                    }
                    return calls;
                }),
                ("PredictionEngine, from text", () =>
                {
                    for (int i = 0; i < calls; i++)
                    {
                        row.Text = texts[i % 64];
                        engine.Predict(row, ref result);
                        sum += result.Score[0];
                    }
                    return calls;
                }));
        }
    }
}
