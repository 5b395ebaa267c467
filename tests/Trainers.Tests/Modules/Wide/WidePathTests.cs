using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Quantization;
using MlNetRnn.Sequences;
using MlNetRnn.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

public class WidePathTests
{
    private const int Tokens = 12, Outputs = 3;

    private static readonly RnnNetworkOptions Options = new() { EmbeddingSize = 4, HiddenSize = 5 };

    private readonly SequenceStore _rows = TestBatch.Random(6, Tokens, 3, 1, 12, 7, 30, 2, 9);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Torch_and_ONNX_agree_for_every_length(int length)
    {
        using var random = new Generator(5);
        using PooledNetwork network = Network(random, Learned(length));
        byte[] graph = network.Export();
        float[][] expected = PooledScores.Of(network, _rows), plain = PooledScores.Of(WithoutPath(network), _rows);
        Assert.NotEqual(plain[2][0], expected[2][0], 0.05);
        Agree(expected, graph, 1e-5);
        SequenceStore one = TestBatch.Random(8, Tokens, 1);
        Agree(PooledScores.Of(network, one), graph, 1e-5, one);
    }

    [Fact]
    public void Scores_are_those_of_the_n_grams_over_the_root_of_the_length()
    {
        using var random = new Generator(5);
        using DisposeScope scope = NewDisposeScope();
        NGramSet ngrams = Learned(length: 2);
        var path = new WidePath(new ParameterSet(random), ngrams, null, outputs: 1);
        Tensor zero = path.Forward(TestBatch.Packed(_rows));
        Assert.All(zero.data<float>().ToArray(), score => Assert.Equal(0, score));

        var parameters = new ParameterSet(random);
        path = new WidePath(parameters, ngrams, null, outputs: 1);
        Span<float> scores = parameters.All.Single().Value.Span();
        for (int i = 0; i < scores.Length; i++) scores[i] = MathF.Sin(i);
        PackedBatch batch = TestBatch.Packed(_rows);
        float[] sums = path.Forward(batch).data<float>().ToArray();
        for (int b = 0; b < sums.Length; b++)
        {
            ReadOnlySpan<int> row = _rows[batch.Rows[b]];
            double sum = 0;
            for (int t = 0; t < row.Length; t++)
            {
                sum += Math.Sin(row[t]);
                if (t + 1 < row.Length && ngrams.Next(row[t], row[t + 1], 0) is > 0 and var pair) sum += Math.Sin(pair);
            }
            Assert.Equal(20 * sum / Math.Sqrt(row.Length), sums[b], 1e-3);
        }
    }

    [Fact]
    public void Only_n_grams_of_the_batch_have_a_gradient()
    {
        using var random = new Generator(5);
        using DisposeScope scope = NewDisposeScope();
        NGramSet ngrams = Learned(length: 2);
        var parameters = new ParameterSet(random);
        var path = new WidePath(parameters, ngrams, null, Outputs);
        SequenceStore twice = TestBatch.Random(8, Tokens, 1);
        using var gradients = enable_grad();
        NativeCallback.Backward(path.Forward(TestBatch.Packed(twice)).sum());
        Parameter scores = parameters.All.Single();
        Assert.Equal([twice[0][0]], scores.TouchedRows!);
        Assert.All(scores.Gradient!.data<float>().ToArray(), gradient => Assert.Equal(20, gradient, 1e-4));
    }

    [Fact]
    public void A_path_can_be_restored_from_its_graph_with_more_words_and_n_grams()
    {
        using var random = new Generator(5);
        using PooledNetwork trained = Network(random, Learned(length: 3));
        byte[] graph = trained.Export();
        NGramSet known = NGramLookup.Read(OnnxWeights.ReadIntegers(graph), Tokens);
        SequenceStore others = TestBatch.Random(9, Tokens + 6, 20, 20);
        NGramSet more = NGramSet.Learn(others, [0, 1], Tokens + 6, new NGramLimits(3, 1, 1000), known);
        Assert.True(more.Longer > known.Longer);
        using PooledNetwork continued = Network(random, more, known, Tokens + 6);
        continued.Parameters.Import(OnnxWeights.Read(graph));
        // New n-grams have the score 0, so that the scores of all rows stay the same.
        float[][] expected = PooledScores.Of(trained, _rows), scores = PooledScores.Of(continued, _rows);
        for (int row = 0; row < expected.Length; row++)
            for (int k = 0; k < Outputs; k++) Assert.Equal(expected[row][k], scores[row][k], 1e-5);
        using PooledNetwork same = Network(random, NGramLookup.Read(OnnxWeights.ReadIntegers(graph), Tokens), known);
        same.Parameters.Import(OnnxWeights.Read(graph));
        Assert.Equal(graph, same.Export());
    }

    [Fact]
    public void Sharpening_multiplies_the_scores_of_both_paths()
    {
        using var random = new Generator(5);
        using DisposeScope scope = NewDisposeScope();
        using PooledNetwork network = Network(random, Learned(length: 2));
        using var noGradients = no_grad();
        PackedBatch batch = TestBatch.Packed(_rows);
        float[] before = network.Forward(batch, ForwardMode.Scoring).data<float>().ToArray();
        network.Head.Sharpen(0.25f);
        float[] after = network.Forward(batch, ForwardMode.Scoring).data<float>().ToArray();
        Assert.All(before.Zip(after), pair => Assert.Equal(0.25f * pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void The_prediction_is_the_mean_of_the_paths()
    {
        using var random = new Generator(5);
        using DisposeScope scope = NewDisposeScope();
        using PooledNetwork network = Network(random, Learned(length: 2));
        using var noGradients = no_grad();
        (Tensor alone, Tensor? path) = network.ForwardPaths(TestBatch.Packed(_rows), ForwardMode.Scoring);
        float[] together = network.Forward(TestBatch.Packed(_rows), ForwardMode.Scoring).data<float>().ToArray();
        float[] recurrent = alone.data<float>().ToArray(), wide = path!.data<float>().ToArray();
        for (int i = 0; i < together.Length; i++) Assert.Equal((recurrent[i] + wide[i]) / 2, together[i], 1e-5);
    }

    [Fact]
    public void Predictions_use_the_scores_that_were_kept()
    {
        using var random = new Generator(5);
        using DisposeScope scope = NewDisposeScope();
        var parameters = new ParameterSet(random);
        var path = new WidePath(parameters, Learned(length: 1), null, outputs: 1, isValidated: true);
        Parameter scores = parameters.All.Single(parameter => !parameter.IsCopy);
        PackedBatch batch = TestBatch.Packed(_rows);
        var training = new ForwardMode(random);
        scores.Value.Span().Fill(1);
        Assert.Equal(0, path.Forward(batch, ForwardMode.Scoring).sum().item<float>());
        path.Weights.KeepBest();
        float kept = path.Forward(batch, ForwardMode.Scoring).sum().item<float>();
        Assert.True(kept > 1);
        scores.Value.Span().Fill(2);
        Assert.Equal(kept, path.Forward(batch, ForwardMode.Scoring).sum().item<float>());
        Assert.Equal(2 * kept, path.Forward(batch, training).sum().item<float>(), 1e-3);
        path.Weights.Scale(3);
        Assert.Equal(3 * kept, path.Forward(batch, ForwardMode.Scoring).sum().item<float>(), 1e-2);
    }

    [Fact]
    public void Scores_with_8_bit_weights_are_close()
    {
        using var random = new Generator(5);
        using PooledNetwork network = Network(random, Learned(length: 2));
        Agree(PooledScores.Of(network, _rows), QuantizedGraph.Of(network.Export()).Model, 0.05);
    }

    private NGramSet Learned(int length) =>
        NGramSet.Learn(_rows, [.. Enumerable.Range(0, _rows.Count)], Tokens, new NGramLimits(length, 1, 1000), known: null);

    /// <summary>Returns a network with scores as large as after training.</summary>
    private static PooledNetwork Network(Generator random, NGramSet ngrams, NGramSet? known = null, int tokens = Tokens)
    {
        PooledNetwork network = NewNetwork.Pooled(Options, random, parameters => new Embedder(parameters, tokens, Options),
            (parameters, size) => new ClassificationHead(parameters, size, Outputs),
            wide: (parameters, head) => new WidePath(parameters, ngrams, known, head.Outputs));
        Span<float> scores = network.Parameters.All.Single(parameter => parameter.Name.StartsWith("wide", StringComparison.Ordinal)).Value.Span();
        long[] keys = [.. Enumerable.Repeat(0L, tokens), .. ngrams.Tables.SelectMany(table => table.Keys)];
        // The scores of the padding and of places without an n-gram stay 0.
        for (int i = Outputs; i < scores.Length; i++) scores[i] = keys[i / Outputs] < 0 ? 0 : 0.02f * MathF.Sin(i);
        return network;
    }

    private static PooledNetwork WithoutPath(PooledNetwork network)
    {
        using var random = new Generator(5);
        PooledNetwork plain = NewNetwork.Pooled(
            Options, random, parameters => new Embedder(parameters, Tokens, Options), (parameters, size) => new ClassificationHead(parameters, size, Outputs));
        plain.Parameters.Import(OnnxWeights.Read(network.Export()));
        return plain;
    }

    private void Agree(float[][] expected, byte[] graph, double tolerance, SequenceStore? rows = null)
    {
        var onnx = new RowValues();
        new OnnxNetwork(graph, default, new NetworkOutput(NetworkSignature.Scores)).Run(TestBatch.Block(rows ?? _rows), [onnx]);
        for (int row = 0; row < expected.Length; row++)
            for (int k = 0; k < Outputs; k++) Assert.Equal(expected[row][k], onnx[row][k], tolerance);
    }
}
