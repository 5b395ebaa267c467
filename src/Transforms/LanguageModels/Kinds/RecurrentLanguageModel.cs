using System.IO.Hashing;
using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>A recurrent network that predicts the next symbol.</summary>
internal sealed class RecurrentLanguageModel : LanguageModel
{
    public const string KindName = "Recurrent";

    /// <summary>The part of the model file that holds the graph. Its state is an input and an output.</summary>
    public const string StepPart = "Step.onnx";

    private readonly OnnxSession _session;
    private readonly StatefulNetwork _network;
    private readonly Lazy<(StepNetworkWeights? Weights, ulong Fingerprint)> _steps;

    public RecurrentLanguageModel(SymbolCodec codec, byte[] graph, GpuRequest gpu) : base(codec)
    {
        _session = new OnnxSession(graph, gpu);
        _network = new StatefulNetwork(_session, codec.Count);
        _steps = new Lazy<(StepNetworkWeights?, ulong)>(() =>
            (StepNetworkWeights.Find(graph), XxHash64.HashToUInt64(graph)),
            // A failure, such as a lack of memory, is not kept.
            LazyThreadSafetyMode.PublicationOnly);
    }

    public override string Kind => KindName;

    public override string Description => "recurrent network";

    /// <summary>The graph as a serialized ONNX model.</summary>
    public byte[] Graph => _session.Graph;

    /// <summary>The GPU that scores.</summary>
    public GpuRequest Gpu => _session.Gpu;

    public override void Score(IReadOnlyList<int[]> sequences, IReadOnlyList<float[]> results) => _network.Score(sequences, results);

    public override INextSymbols Open(int rows) => _steps.Value.Weights is { } weights
        ? new ManagedStepNetwork(weights, rows, _steps.Value.Fingerprint, Environment.ProcessorCount)
        : new OnnxStepNetwork(_session, Codec.Count, rows, _steps.Value.Fingerprint);

    public override IReadOnlyList<(string Name, byte[] Content)> ToParts() => [(StepPart, Graph)];

    public override void Prepare() => _session.Open();

    public override void Release() => _session.Close();
}
