using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Networks;
using TorchSharp;

namespace MlNetRnn.Benchmarks;

/// <summary>The ways to score one text of a given length. Each call scores the next of 64 texts.</summary>
internal sealed class EngineWays : IDisposable
{
    private const int Texts = 64;
    private const string OnnxRuntime = "ONNX Runtime alone, from token numbers", Full = "PredictionEngine, from text",
        Small = "PredictionEngine, 8-bit weights, from text", Eager = "TorchSharp without gradients, from token numbers",
        Linear = "ML.NET FeaturizeText + SDCA, prediction engine";

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly PlainNetwork _plain;
    private readonly MLContext _ml = new(1);
    private readonly string[] _texts;
    private readonly long[][] _tokens;
    private int _next;

    public EngineWays(Workload workload, int words)
    {
        RnnTransformer model = workload.NewModel();
        var random = new Random(2);
        _session = TransformSpeed.Open(model.Model.Network.Graph, threads: 1);
        _plain = PlainNetwork.Of(workload);
        _plain.eval();
        torch.set_num_threads(1);
        _texts = [.. Enumerable.Range(0, Texts).Select(_ => Workload.Text(random, words))];
        _tokens = [.. _texts.Select(text => text.Split(' ').Select(word => (long)workload.Vocabulary.IndexOf(word)).ToArray())];
        All =
        [
            (OnnxRuntime, Bare),
            (Full, Engine(model)),
            (Small, Engine(model.Quantize())),
            (Eager, () => _plain.Score(Tokens, 1, words)[0]),
            (Linear, Engine(LinearModel.Of(_ml, workload))),
        ];
    }

    public static IReadOnlyList<string> Names { get; } = [OnnxRuntime, Full, Small, Eager, Linear];

    /// <summary>All ways; the first is the baseline of the ratios.</summary>
    public IReadOnlyList<(string Name, Func<float> Call)> All { get; }

    private int Next => _next = (_next + 1) % Texts;

    private long[] Tokens => _tokens[Next];

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
        _plain.Dispose();
    }

    private float Bare()
    {
        long[] tokens = Tokens;
        using OrtValue ids = OrtValue.CreateTensorValueFromMemory(tokens, [1, tokens.Length]);
        using OrtValue lengths = OrtValue.CreateTensorValueFromMemory(new[] { tokens.Length }, [1]);
        using IDisposableReadOnlyCollection<OrtValue> output =
            _session.Run(_run, [NetworkSignature.Tokens, NetworkSignature.Lengths], [ids, lengths], [NetworkSignature.Scores]);
        return output[0].GetTensorDataAsSpan<float>()[0];
    }

    private Func<float> Engine(ITransformer model)
    {
        PredictionEngine<TextRow, Scored> engine = _ml.Model.CreatePredictionEngine<TextRow, Scored>(model);
        var row = new TextRow();
        var result = new Scored();
        return () =>
        {
            row.Text = _texts[Next];
            engine.Predict(row, ref result);
            return result.Score[0];
        };
    }
}
