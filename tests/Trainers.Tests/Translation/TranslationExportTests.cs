using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Translation;

/// <summary>The exported graphs of an encoder-decoder, run without libtorch and with ONNX Runtime.</summary>
public class TranslationExportTests
{
    [Theory]
    [MemberData(nameof(TranslationNetworkTests.Cells), MemberType = typeof(TranslationNetworkTests))]
    public void Both_decoders_equal_the_network(RnnCell cell, int layers)
    {
        PairSet pairs = TranslationCase.Pairs();
        foreach (RnnTranslationNetworkOptions options in TranslationCase.Kinds(cell, layers))
        {
            using TranslationNetwork network = TranslationCase.Network(options, scale: 2);
            float[][] expected = Expected(network, pairs);
            EncodedSource[] sources = new EncoderNetwork(new OnnxSession(network.ExportEncoder(), default)).Encode(pairs.Source, [0, 1, 2, 3, 4, 5, 6]);
            byte[] step = network.ExportStep();
            DecoderWeights weights = DecoderWeights.Find(step)!;
            Assert.NotNull(weights);
            using var managed = new ManagedDecoder(weights, sources);
            AssertReads(managed, pairs, expected, options);
            using var onnx = new OnnxDecoder(new OnnxSession(step, default), TranslationCase.TargetSymbols, sources);
            AssertReads(onnx, pairs, expected, options);
        }
    }

    [Fact]
    public void Selected_saved_and_restored_rows_continue_with_their_sources()
    {
        PairSet pairs = TranslationCase.Pairs();
        foreach (RnnTranslationNetworkOptions options in TranslationCase.Kinds(RnnCell.Lstm, 2))
        {
            using TranslationNetwork network = TranslationCase.Network(options, scale: 2);
            EncodedSource[] sources = new EncoderNetwork(new OnnxSession(network.ExportEncoder(), default)).Encode(pairs.Source, [0, 1, 2]);
            byte[] step = network.ExportStep();
            using var managed = new ManagedDecoder(DecoderWeights.Find(step)!, sources);
            using var onnx = new OnnxDecoder(new OnnxSession(step, default), TranslationCase.TargetSymbols, sources);
            using var alone = new ManagedDecoder(DecoderWeights.Find(step)!, [sources[1]]);
            foreach (ISourceDecoder decoder in new ISourceDecoder[] { managed, onnx })
            {
                Read(decoder, [0, 0, 0]);
                decoder.Select([1, 1, 0, 1, 2]);
                Read(decoder, [3, 4, 5, 3, 6]);
                byte[] state = decoder.Save(0);
                Read(decoder, [2, 2, 2, 2, 2]);
                decoder.Restore(3, state);
            }
            Read(alone, [0]);
            Read(alone, [3]);
            float[] expected = Read(alone, [7]), ofManaged = Read(managed, [1, 1, 1, 7, 1]), ofOnnx = Read(onnx, [1, 1, 1, 7, 1]);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], ofManaged[3 * expected.Length + i], 1e-5);
                Assert.Equal(expected[i], ofOnnx[3 * expected.Length + i], 1e-5);
            }
        }

        static float[] Read(INextSymbols decoder, int[] symbols)
        {
            var logProbabilities = new float[decoder.Rows * decoder.Symbols];
            decoder.Read(symbols, logProbabilities);
            return logProbabilities;
        }
    }

    /// <summary>Returns the log-probabilities of the network after each target symbol of each pair, [T,V].</summary>
    internal static float[][] Expected(TranslationNetwork network, PairSet pairs)
    {
        using DisposeScope scope = NewDisposeScope();
        using var none = no_grad();
        PairBatch batch = PairBatch.Of(pairs, [.. Enumerable.Range(0, pairs.Count)]);
        EncodedBatch encoded = network.Encode(batch, ForwardMode.Scoring);
        (Tensor outputs, _) = network.Decode(encoded, encoded.Initial, batch.Inputs, ForwardMode.Scoring);
        float[] all = network.Logits(outputs).log_softmax(1).Span().ToArray();
        var result = new float[pairs.Count][];
        for (int b = 0; b < batch.Inputs.Rows.Length; b++)
            result[batch.Inputs.Rows[b]] =
            [
                .. Enumerable.Range(0, batch.Inputs.Lengths[b]).SelectMany(t =>
                    new ArraySegment<float>(all, batch.Inputs.Position(b, t) * TranslationCase.TargetSymbols, TranslationCase.TargetSymbols)),
            ];
        return result;
    }

    internal static void AssertReads(ISourceDecoder decoder, PairSet pairs, float[][] expected, RnnTranslationNetworkOptions options)
    {
        int symbols = decoder.Symbols, longest = Enumerable.Range(0, pairs.Count).Max(pair => pairs.Target.Length(pair) - 1);
        var logProbabilities = new float[pairs.Count * symbols];
        for (int t = 0; t < longest; t++)
        {
            decoder.Read([.. Enumerable.Range(0, pairs.Count).Select(pair => t < pairs.Target.Length(pair) ? pairs.Target[pair][t] : 0)], logProbabilities);
            for (int pair = 0; pair < pairs.Count; pair++)
            {
                for (int v = 0; v < symbols && t < pairs.Target.Length(pair) - 1; v++)
                    Assert.True(
                        Math.Abs(expected[pair][t * symbols + v] - logProbabilities[pair * symbols + v]) < 2e-5,
                        $"{options.Attention} {options.InputFeeding}, pair {pair}, step {t}: {expected[pair][t * symbols + v]} and "
                        + $"{logProbabilities[pair * symbols + v]}");
                if (options.Attention == RnnAttention.None) Assert.Empty(decoder.Attention);
                else Assert.Equal(1, decoder.Attention[pair].Sum(), 1e-5);
            }
        }
    }
}
