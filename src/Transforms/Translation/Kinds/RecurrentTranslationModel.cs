using System.IO.Hashing;
using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>An encoder-decoder network.</summary>
internal sealed class RecurrentTranslationModel : TranslationModel
{
    public const string KindName = "Recurrent";

    /// <summary>The parts of the model file that hold the graphs.</summary>
    public const string EncoderPart = "Encoder.onnx", StepPart = "Step.onnx";

    private readonly OnnxSession _encoder, _step;
    private readonly EncoderNetwork _network;
    private readonly Lazy<(DecoderWeights? Weights, ulong Fingerprint)> _decoder;

    /// <param name="source">The source symbols; null for frames.</param>
    /// <param name="target">The target symbols.</param>
    /// <param name="encoder">The graph of the encoder.</param>
    /// <param name="step">The graph of a step of the decoder.</param>
    /// <param name="gpu">The GPU that scores.</param>
    public RecurrentTranslationModel(SymbolCodec? source, SymbolCodec target, byte[] encoder, byte[] step, GpuRequest gpu) : base(source, target)
    {
        (_encoder, _step) = (new OnnxSession(encoder, gpu), new OnnxSession(step, gpu));
        _network = new EncoderNetwork(_encoder);
        _decoder = new Lazy<(DecoderWeights?, ulong)>(
            () => (DecoderWeights.Find(step), XxHash64.HashToUInt64(step)),
            // A failure, such as a lack of memory, is not kept.
            LazyThreadSafetyMode.PublicationOnly);
    }

    public override string Kind => KindName;

    public override string Description => "encoder-decoder network";

    /// <summary>The graph of the encoder as a serialized ONNX model.</summary>
    public byte[] EncoderGraph => _encoder.Graph;

    /// <summary>The graph of a step of the decoder as a serialized ONNX model.</summary>
    public byte[] StepGraph => _step.Graph;

    /// <summary>The GPU that scores.</summary>
    public GpuRequest Gpu => _encoder.Gpu;

    public override INextSymbols Open(SequenceStore sources, ReadOnlySpan<int> rows) => OpenDecoder(sources, rows);

    public override IReadOnlyList<IReadOnlyList<float[]>> Align(SequenceStore sources, ReadOnlySpan<int> rows, IReadOnlyList<int[]> targets)
    {
        using ISourceDecoder decoder = OpenDecoder(sources, rows);
        List<float[]>[] result = [.. targets.Select(_ => new List<float[]>())];
        var logProbabilities = new float[decoder.Rows * decoder.Symbols];
        int longest = targets.Max(target => target.Length);
        for (int t = 0; t < longest; t++)
        {
            int[] symbols = [.. targets.Select(target => t == 0 ? SymbolCodec.Boundary : t <= target.Length ? target[t - 1] : SymbolCodec.Boundary)];
            decoder.Read(symbols, logProbabilities);
            for (int row = 0; row < targets.Count && decoder.Attention.Count > 0; row++)
                if (t < targets[row].Length) result[row].Add(decoder.Attention[row]);
        }
        return result;
    }

    public override IReadOnlyList<float[]> EncoderStates(SequenceStore sources, ReadOnlySpan<int> rows) =>
        [.. _network.Encode(sources, rows).Select(source => source.EncoderState)];

    public override IReadOnlyList<(string Name, byte[] Content)> ToParts() => [(EncoderPart, EncoderGraph), (StepPart, StepGraph)];

    public override void Prepare() => _encoder.Open();

    public override void Release()
    {
        _encoder.Close();
        _step.Close();
    }

    private ISourceDecoder OpenDecoder(SequenceStore sources, ReadOnlySpan<int> rows)
    {
        EncodedSource[] encoded = _network.Encode(sources, rows);
        return _decoder.Value.Weights is { } weights
            ? new ManagedDecoder(weights, encoded, _decoder.Value.Fingerprint)
            : new OnnxDecoder(_step, Target.Count, encoded, _decoder.Value.Fingerprint);
    }
}
