using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Benchmarks;

/// <summary>Measures the time from a model file to the first prediction, for models of 1, 10 and 100 MB.</summary>
internal static class LoadSpeed
{
    private const int BytesOfVector = 128 * sizeof(float), BytesOfLstm = 1_060_000, FewestWords = 200;

    public static void Run(Workload workload, int rounds, int megaBytes)
    {
        var ml = new MLContext(1);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlnetrnn-load-");
        string zip = Path.Combine(folder.FullName, "model.zip"), small = Path.Combine(folder.FullName, "small.zip");
        string onnx = Path.Combine(folder.FullName, "model.onnx");
        RnnTransformer model = workload.NewModel(words: Math.Max(FewestWords, (megaBytes * 1_000_000 - BytesOfLstm) / BytesOfVector));
        DataViewSchema schema = ml.Data.LoadFromEnumerable<TextRow>([]).Schema;
        ml.Model.Save(model, schema, zip);
        ml.Model.Save(model.Quantize(), schema, small);
        model.SaveAsOnnx(onnx);
        Turns.Run($"From a file to the first answer: {Mega(onnx)} of weights, model file {Mega(zip)}, with 8-bit weights {Mega(small)}", "loads", rounds,
            ("ONNX Runtime alone, opening the graph", () =>
            {
                using var session = new InferenceSession(onnx);
                return 1;
            }
        ),
            ("ML.Model.Load and a first prediction", () => Load(zip)),
            ("ML.Model.Load and a first prediction, 8-bit weights", () => Load(small)),
            ("ML.Model.Load alone", () =>
            {
                new MLContext().Model.Load(zip, out _);
                return 1;
            }
        ));
        folder.Delete(recursive: true);
    }

    private static double Load(string file)
    {
        var ml = new MLContext();
        using PredictionEngine<TextRow, Scored> engine = ml.Model.CreatePredictionEngine<TextRow, Scored>(ml.Model.Load(file, out _));
        engine.Predict(new TextRow { Text = "w1 w2" });
        return 1;
    }

    private static string Mega(string file) => $"{new FileInfo(file).Length / 1e6:F1} MB";
}
