using MlNetRnn.Sequences;

namespace MlNetRnn.Networks;

/// <summary>The encoders of a translation model. A graph consists of an encoder and of the bridge to a decoder. Thread-safe.</summary>
internal sealed class EncoderGraphs
{
    private readonly OnnxSession[] _sessions;
    private readonly EncoderNetwork[] _networks;
    private readonly int _decoders;

    /// <param name="graphs">For each encoder a graph for each decoder, as serialized ONNX models.</param>
    /// <param name="decoders">The number of decoders.</param>
    /// <param name="gpu">The GPU that runs them.</param>
    public EncoderGraphs(byte[][] graphs, int decoders, GpuRequest gpu)
    {
        (Graphs, _decoders) = (graphs, decoders);
        _sessions = Array.ConvertAll(graphs, graph => new OnnxSession(graph, gpu));
        _networks = Array.ConvertAll(_sessions, session => new EncoderNetwork(session));
    }

    public byte[][] Graphs { get; }

    /// <summary>The number of encoders.</summary>
    public int Count => Graphs.Length / _decoders;

    /// <summary>Encodes sources.</summary>
    /// <param name="parts">The encoder and the decoder.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="rows">Those to encode.</param>
    public EncodedSource[] Encode((int Encoder, int Decoder) parts, SequenceStore sources, int[] rows) =>
        _networks[parts.Encoder * _decoders + parts.Decoder].Encode(sources, rows);

    /// <summary>Prepares native resources.</summary>
    public void Prepare()
    {
        foreach (OnnxSession session in _sessions) session.Open();
    }

    /// <summary>Frees native resources as soon as they are not used.</summary>
    public void Release()
    {
        foreach (OnnxSession session in _sessions) session.Close();
    }
}
