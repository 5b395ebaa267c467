using System.IO.Hashing;

namespace MlNetRnn.Networks;

/// <summary>The decoders of a translation model. Each runs without native code, or with ONNX Runtime where that is necessary. Thread-safe.</summary>
internal sealed class DecoderGraphs
{
    private readonly OnnxSession[] _sessions;
    private readonly Lazy<(DecoderWeights? Weights, ulong Fingerprint)>[] _weights;
    private readonly int _symbols;

    /// <param name="graphs">One step of each decoder as a serialized ONNX model.</param>
    /// <param name="symbols">V, the number of target symbols.</param>
    /// <param name="gpu">The GPU that runs them.</param>
    public DecoderGraphs(byte[][] graphs, int symbols, GpuRequest gpu)
    {
        (Graphs, _symbols) = (graphs, symbols);
        _sessions = Array.ConvertAll(graphs, graph => new OnnxSession(graph, gpu));
        _weights = Array.ConvertAll(graphs, graph => new Lazy<(DecoderWeights?, ulong)>(
            () => (DecoderWeights.Find(graph), XxHash64.HashToUInt64(graph)),
            // A failure, such as a lack of memory, is not kept.
            LazyThreadSafetyMode.PublicationOnly));
    }

    public byte[][] Graphs { get; }

    /// <summary>The number of decoders.</summary>
    public int Count => Graphs.Length;

    /// <summary>Opens a decoder.</summary>
    /// <param name="decoder">Its number.</param>
    /// <param name="sources">The source of each row.</param>
    public ISourceDecoder Open(int decoder, IReadOnlyList<EncodedSource> sources)
    {
        (DecoderWeights? weights, ulong fingerprint) = _weights[decoder].Value;
        return weights is not null ? new ManagedDecoder(weights, sources, fingerprint) : new OnnxDecoder(_sessions[decoder], _symbols, sources, fingerprint);
    }

    /// <summary>Frees native resources as soon as they are not used.</summary>
    public void Release()
    {
        foreach (OnnxSession session in _sessions) session.Close();
    }
}
