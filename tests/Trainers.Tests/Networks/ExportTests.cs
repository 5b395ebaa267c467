using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Sequences;
using MlNetRnn.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>C26: libtorch and ONNX Runtime give the same scores, for all combinations of cell, layers, directions and pooling.</summary>
public class ExportTests
{
    public static TheoryData<RnnCell, int, bool, RnnPooling> Product()
    {
        var product = new TheoryData<RnnCell, int, bool, RnnPooling>();
        foreach (RnnCell cell in Enum.GetValues<RnnCell>())
            foreach (int layers in new[] { 1, 2, 3 })
                foreach (bool bidirectional in new[] { false, true })
                    foreach (RnnPooling pooling in Enum.GetValues<RnnPooling>())
                        if (cell != RnnCell.None || pooling is not (RnnPooling.Last or RnnPooling.LastMaxMean))
                            product.Add(cell, layers, bidirectional, pooling);
        return product;
    }

    [Theory]
    [MemberData(nameof(Product))]
    public void Torch_and_ONNX_agree(RnnCell cell, int layers, bool bidirectional, RnnPooling pooling)
    {
        using var random = new Generator(5);
        var options = new RnnNetworkOptions
        {
            Cell = cell,
            Layers = layers,
            Bidirectional = bidirectional,
            Pooling = pooling,
            EmbeddingSize = 10,
            HiddenSize = 21,
        };
        using var network = NewNetwork.Pooled(options, random,
            parameters => new Embedder(parameters, 40, options), (parameters, size) => new ClassificationHead(parameters, size, 4));
        foreach (Parameter parameter in network.Parameters.All) Spread(parameter);
        SequenceStore rows = TestBatch.Random(6, 40, 3, 1, 12, 5, 12, 1, 2);

        float[][] expected = PooledScores.Of(network, rows);
        var onnx = new RowValues();
        new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Scores)).Run(TestBatch.Block(rows), [onnx]);
        for (int row = 0; row < rows.Count; row++)
            for (int k = 0; k < 4; k++) Assert.Equal(expected[row][k], onnx[row][k], 1e-5);
    }

    [Theory]
    [MemberData(nameof(Product))]
    public void A_network_can_be_restored_from_its_graph(RnnCell cell, int layers, bool bidirectional, RnnPooling pooling)
    {
        using var random = new Generator(5);
        var options = new RnnNetworkOptions
        {
            Cell = cell,
            Layers = layers,
            Bidirectional = bidirectional,
            Pooling = pooling,
            EmbeddingSize = 6,
            HiddenSize = 7,
            PoolWords = layers == 2,
        };
        PooledNetwork Network(int tokens) => NewNetwork.Pooled(options, random,
            parameters => new Embedder(parameters, tokens, options), (parameters, size) => new OrdinalHead(parameters, size, 4));
        using PooledNetwork trained = Network(tokens: 20), more = Network(tokens: 25), same = Network(tokens: 20);
        foreach (Parameter parameter in trained.Parameters.All) Spread(parameter);
        byte[] graph = trained.Export();
        same.Parameters.Import(OnnxWeights.Read(graph));
        Assert.Equal(graph, same.Export());
        // Additional words do not change the scores of the others.
        more.Parameters.Import(OnnxWeights.Read(graph));
        SequenceStore rows = TestBatch.Random(6, 20, 3, 1, 12);
        Assert.Equal(PooledScores.Of(trained, rows), PooledScores.Of(more, rows));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Torch_and_ONNX_agree_on_ordinal_classes_with_proportional_odds(int classes)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(5);
        var options = new RnnNetworkOptions { EmbeddingSize = 6, HiddenSize = 7 };
        using var network = NewNetwork.Pooled(options, random,
            parameters => new Embedder(parameters, 20, options), (parameters, size) => new OrdinalHead(parameters, size, classes));
        foreach (Parameter parameter in network.Parameters.All) Spread(parameter);
        SequenceStore rows = TestBatch.Random(6, 20, 3, 1, 12);
        var onnx = new RowValues();
        new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Scores)).Run(TestBatch.Block(rows), [onnx]);
        PackedBatch batch = TestBatch.Packed(rows);
        using var noGradients = no_grad();
        Tensor logits = network.Forward(batch, ForwardMode.Scoring);                                    // [B,K−1]
        network.Head.Sharpen(0.7f);
        float[] scaled = network.Forward(batch, ForwardMode.Scoring).data<float>().ToArray();
        Assert.All(scaled.Zip(logits.data<float>().ToArray()), pair => Assert.Equal(0.7f * pair.Second, pair.First, 1e-5));
        for (int b = 0; b < rows.Count; b++)
        {
            double[] above = [1, .. logits[b].data<float>().ToArray().Select(c => 1 / (1 + Math.Exp(-c))), 0];
            for (int k = 0; k < classes; k++) Assert.Equal(above[k] - above[k + 1], onnx[batch.Rows[b]][k], 1e-5);
            Assert.True(above.SequenceEqual(above.OrderDescending()));
        }
    }

    [Fact]
    public void Torch_and_ONNX_agree_with_pooled_words_and_every_activation()
    {
        foreach (RnnActivation activation in Enum.GetValues<RnnActivation>())
        {
            using var random = new Generator(5);
            var options = new RnnNetworkOptions { Cell = RnnCell.Elman, Activation = activation, PoolWords = true, EmbeddingSize = 10, HiddenSize = 21 };
            using var network = NewNetwork.Pooled(options, random,
                parameters => new Embedder(parameters, 40, options), (parameters, size) => new ClassificationHead(parameters, size, 4));
            SequenceStore rows = TestBatch.Random(6, 40, 3, 1, 12, 5);
            float[][] expected = PooledScores.Of(network, rows);
            var onnx = new RowValues();
            new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Scores)).Run(TestBatch.Block(rows), [onnx]);
            for (int row = 0; row < rows.Count; row++)
                for (int k = 0; k < 4; k++) Assert.Equal(expected[row][k], onnx[row][k], 1e-5);
        }
    }

    [Fact]
    public void Torch_and_ONNX_agree_on_frames_with_missing_values_and_on_regression()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(5);
        using var network = NewNetwork.Pooled(new RnnNetworkOptions { HiddenSize = 5 }, random,
            parameters => new FrameInput(parameters, [10, -3], [2, 0], [10, 20]), (parameters, size) => new RegressionHead(parameters, size, 100, 20));
        var rows = new SequenceStore(frameSize: 2);
        foreach (float[][] row in new float[][][] { [[9, 1], [12, 1]], [[float.NaN, 5]], [[11, -3], [8, 2], [float.NaN, float.NaN]] })
        {
            foreach (float[] frame in row) rows.Add(frame);
            rows.EndSequence();
        }
        var onnx = new RowValues();
        new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Scores)).Run(TestBatch.Block(rows), [onnx]);
        PackedBatch batch = TestBatch.Packed(rows);
        using var noGradients = no_grad();
        Tensor standardized = network.Forward(batch, ForwardMode.Scoring);
        for (int b = 0; b < rows.Count; b++) Assert.Equal(100 + 20 * standardized[b].item<float>(), onnx[batch.Rows[b]][0], 1e-3);
    }

    [Fact]
    public void Long_rows_in_separate_batches_have_the_same_scores_as_alone()
    {
        using var random = new Generator(5);
        var options = new RnnNetworkOptions { EmbeddingSize = 3, HiddenSize = 2 };
        using var network = NewNetwork.Pooled(options, random,
            parameters => new Embedder(parameters, 20, options), (parameters, size) => new ClassificationHead(parameters, size, 3));
        var onnx = new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Scores));
        int[] lengths = [3, 20_000, 1, 20_001, 12, 40_000];
        RowValues together = new(), alone = new();
        onnx.Run(TestBatch.Block(TestBatch.Random(6, 20, lengths)), [together]);
        SequenceStore rows = TestBatch.Random(6, 20, lengths);
        for (int row = 0; row < lengths.Length; row++)
        {
            var one = new SequenceStore();
            foreach (int token in rows[row]) one.Add(token);
            one.EndSequence();
            onnx.Run(TestBatch.Block(one), [alone]);
            for (int k = 0; k < 3; k++) Assert.Equal(alone[0][k], together[row][k], 1e-5);
        }
    }

    /// <summary>
    /// The formula of Yang et al. (2016), section 2.2: softmax of q · tanh(W s + b) over the steps of a row. Without recurrence, a state is the vector of its
    /// word.
    /// </summary>
    [Fact]
    public void Attention_weights_follow_the_formula()
    {
        using var random = new Generator(5);
        var options = new RnnNetworkOptions { Cell = RnnCell.None, Pooling = RnnPooling.Attention, EmbeddingSize = 6, HiddenSize = 7 };
        using var network = NewNetwork.Pooled(options, random,
            parameters => new Embedder(parameters, 20, options), (parameters, size) => new ClassificationHead(parameters, size, 3));
        foreach (Parameter parameter in network.Parameters.All) Spread(parameter);
        SequenceStore rows = TestBatch.Random(6, 20, 3, 1, 12);
        var weights = new RowValues();
        new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Attention, OutputExtent.Step)).Run(TestBatch.Block(rows), [weights]);

        Tensor Of(string name) => network.Parameters.All.Single(parameter => parameter.Name == name).Value.detach();
        using DisposeScope scope = NewDisposeScope();
        Tensor table = Of("embedding"), weight = Of("attention.weight"), bias = Of("attention.bias"), query = Of("attention.query");
        for (int row = 0; row < rows.Count; row++)
        {
            Tensor states = table.index_select(0, tensor(rows[row].ToArray(), ScalarType.Int64));           // [T,E]
            Tensor expected = states.matmul(weight.t()).add(bias).tanh().matmul(query.reshape(-1, 1)).squeeze(1).softmax(0);            // [T]
            Assert.Equal(rows.Length(row), weights[row].Length);
            for (int t = 0; t < rows.Length(row); t++) Assert.Equal(expected[t].item<float>(), weights[row][t], 1e-5);
            Assert.Equal(1, weights[row].ToArray().Sum(), 1e-5);
        }
    }

    /// <summary>Makes the weights as large as after training; agreement with small initial weights would prove little.</summary>
    private static void Spread(Parameter parameter)
    {
        Span<float> values = parameter.Value.Span();
        for (int i = 0; i < values.Length; i++) values[i] = 3 * values[i] + 0.1f * MathF.Sin(i);
    }
}
