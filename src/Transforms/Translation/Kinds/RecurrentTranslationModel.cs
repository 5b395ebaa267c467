using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>An encoder-decoder network.</summary>
internal sealed class RecurrentTranslationModel : TranslationModel
{
    public const string KindName = "Recurrent";

    private readonly EncoderGraphs _encoders;
    private readonly DecoderGraphs _decoders;

    /// <param name="source">The source symbols; null for frames.</param>
    /// <param name="target">The target symbols.</param>
    /// <param name="encoders">The graphs of the encoders: for each source language, or for all, one for each decoder.</param>
    /// <param name="steps">The graphs of a step of the decoders: one for each target language, or for all.</param>
    /// <param name="gpu">The GPU that scores.</param>
    public RecurrentTranslationModel(SymbolCodec? source, SymbolCodec target, byte[][] encoders, byte[][] steps, GpuRequest gpu) : base(source, target)
    {
        (_encoders, _decoders, Gpu) = (new EncoderGraphs(encoders, steps.Length, gpu), new DecoderGraphs(steps, target.Count, gpu), gpu);
    }

    public override string Kind => KindName;

    public override string Description => "encoder-decoder network";

    /// <summary>The graphs of the encoders as serialized ONNX models.</summary>
    public byte[][] EncoderGraphs => _encoders.Graphs;

    /// <summary>The graphs of a step of the decoders as serialized ONNX models.</summary>
    public byte[][] StepGraphs => _decoders.Graphs;

    /// <summary>The GPU that scores.</summary>
    public GpuRequest Gpu { get; }

    public override (int Encoder, int Decoder) PartsOf(SourceSet sources, int row)
    {
        (int source, int target) = sources.LanguagesOf(row);
        return (_encoders.Count == 1 ? 0 : source, _decoders.Count == 1 ? 0 : target);
    }

    public override INextSymbols Open(SourceSet sources, ReadOnlySpan<int> rows) => OpenDecoder(sources, rows);

    public override IReadOnlyList<IReadOnlyList<float[]>> Align(SourceSet sources, ReadOnlySpan<int> rows, IReadOnlyList<int[]> targets)
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

    public override IReadOnlyList<float[]> EncoderStates(SourceSet sources, ReadOnlySpan<int> rows) => Encoded(sources, rows, source => source.EncoderState);

    public override IReadOnlyList<float[]> Boxes(SourceSet sources, ReadOnlySpan<int> rows) => Encoded(sources, rows, source => source.Boxes);

    private float[][] Encoded(SourceSet sources, ReadOnlySpan<int> rows, Func<EncodedSource, float[]> select)
    {
        int[] all = rows.ToArray();
        var result = new float[all.Length][];
        foreach (IGrouping<(int, int), int> same in Enumerable.Range(0, all.Length).GroupBy(i => PartsOf(sources, all[i])))
        {
            int[] places = [.. same];
            EncodedSource[] encoded = Encode(sources, Array.ConvertAll(places, i => all[i]));
            for (int i = 0; i < places.Length; i++) result[places[i]] = select(encoded[i]);
        }
        return result;
    }

    public override IReadOnlyList<(string Name, byte[] Content)> ToParts() =>
    [
        .. EncoderGraphs.Select((graph, i) => (EncoderPart(i, EncoderGraphs.Length, StepGraphs.Length), graph)),
        .. StepGraphs.Select((graph, i) => (StepPart(i, StepGraphs.Length), graph)),
    ];

    /// <summary>Creates a model from the parts of a model file.</summary>
    /// <param name="source">The source symbols; null for frames.</param>
    /// <param name="target">The target symbols.</param>
    /// <param name="part">Returns the content of a part.</param>
    /// <param name="languages">The languages; null for a model of one pair.</param>
    /// <param name="gpu">The GPU that scores.</param>
    public static RecurrentTranslationModel Load(SymbolCodec? source, SymbolCodec target, Func<string, byte[]> part, LanguageSpec? languages, GpuRequest gpu)
    {
        int encoders = languages is { EncoderPerLanguage: true } ? languages.Sources.Count : 1;
        int decoders = languages is { DecoderPerLanguage: true } ? languages.Targets.Count : 1, graphs = encoders * decoders;
        return new RecurrentTranslationModel(
            source, target,
            [.. Enumerable.Range(0, graphs).Select(i => part(EncoderPart(i, graphs, decoders)))],
            [.. Enumerable.Range(0, decoders).Select(i => part(StepPart(i, decoders)))], gpu);
    }

    public override void Prepare() => _encoders.Prepare();

    public override void Release()
    {
        _encoders.Release();
        _decoders.Release();
    }

    private static string EncoderPart(int graph, int graphs, int decoders) =>
        graphs == 1 ? "Encoder.onnx" : FormattableString.Invariant($"Encoder.{graph / decoders}.{graph % decoders}.onnx");

    private static string StepPart(int decoder, int decoders) => decoders == 1 ? "Step.onnx" : FormattableString.Invariant($"Step.{decoder}.onnx");

    private ISourceDecoder OpenDecoder(SourceSet sources, ReadOnlySpan<int> rows)
    {
        int[] all = rows.ToArray();
        return _decoders.Open(PartsOf(sources, all[0]).Decoder, Encode(sources, all));
    }

    private EncodedSource[] Encode(SourceSet sources, int[] rows) => _encoders.Encode(PartsOf(sources, rows[0]), sources.Sequences, rows);
}
