using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Translation;

/// <summary>A small encoder-decoder with random weights, and random pairs.</summary>
internal static class TranslationCase
{
    public const int SourceSymbols = 11, TargetSymbols = 9;

    /// <summary>All kinds of attention, with and without input feeding.</summary>
    public static IEnumerable<RnnTranslationNetworkOptions> Kinds(RnnCell cell, int layers)
    {
        var plain = new RnnTranslationNetworkOptions { Cell = cell, Layers = layers, HiddenSize = 12, EmbeddingSize = 7, Dropout = 0 };
        yield return plain with { Attention = RnnAttention.None };
        yield return plain with { Attention = RnnAttention.Additive };
        yield return plain with { Attention = RnnAttention.Additive, TiedEmbeddings = true, EncoderHiddenSize = 5 };
        foreach (bool feeding in new[] { false, true })
        {
            yield return plain with { Attention = RnnAttention.General, InputFeeding = feeding };
            yield return plain with { Attention = RnnAttention.Dot, InputFeeding = feeding, EncoderHiddenSize = 6 };
        }
    }

    public static TranslationNetwork Network(
        RnnTranslationNetworkOptions options, int seed = 1, int threads = 1, float scale = 1, Func<ParameterSet, InputLayer>? input = null)
    {
        using var random = new Generator((ulong)seed);
        var parameters = new ParameterSet(random);
        ParameterSet encoder = parameters.Within("encoder"), decoder = parameters.Within("decoder");
        SymbolDropout dropout = SymbolDropout.Of(options);
        InputLayer source = input?.Invoke(encoder)
            ?? new SymbolEmbedding(SymbolEmbedding.CreateTable(encoder, SourceSymbols, options.EmbeddingSize, isOutput: false), null, dropout);
        var target = new SymbolEmbedding(SymbolEmbedding.CreateTable(decoder, TargetSymbols, options.EmbeddingSize, options.TiedEmbeddings), null, dropout);
        var network = new TranslationNetwork(
            parameters, [SourceEncoders.Create(encoder, source, options, threads)],
            [new TranslationDecoder(decoder, parameters.Within("bridge"), target, options, threads)]);
        // Larger weights, so that errors are visible.
        foreach (Parameter parameter in parameters.All)
            foreach (ref float number in parameter.Value.AsSpan()) number *= scale;
        return network;
    }

    /// <summary>Returns pairs with different lengths on both sides.</summary>
    public static PairSet Pairs(int seed = 1)
    {
        var random = new Random(seed);
        SequenceStore source = new(), target = new();
        foreach ((int s, int t) in new[] { (4, 6), (7, 2), (1, 1), (5, 5), (2, 9), (7, 4), (3, 0) })
        {
            for (int i = 0; i < s; i++) source.Add(random.Next(1, SourceSymbols));
            source.EndSequence();
            target.Add(0);
            for (int i = 0; i < t; i++) target.Add(random.Next(1, TargetSymbols));
            target.Add(0);
            target.EndSequence();
        }
        return new PairSet(source, target);
    }

    private static Span<float> AsSpan(this Tensor tensor) => MlNetRnn.Kernels.TensorMemory.Span(tensor);
}
