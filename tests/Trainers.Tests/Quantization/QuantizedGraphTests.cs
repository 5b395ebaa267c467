using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Quantization;
using MlNetRnn.Sequences;
using MlNetRnn.Tests;
using MlNetRnn.Trainers.Tests.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Quantization;

/// <summary>8-bit weights give nearly the same scores as 32-bit weights, and only operators that ONNX Runtime supports have them.</summary>
public class QuantizedGraphTests
{
    private const int Words = 300, Classes = 4;
    private const float TrainedScale = 40;

    public static TheoryData<int, bool, RnnPooling> Lstms()
    {
        var product = new TheoryData<int, bool, RnnPooling>();
        foreach (int layers in new[] { 1, 2 })
            foreach (bool bidirectional in new[] { false, true })
                foreach (RnnPooling pooling in Enum.GetValues<RnnPooling>()) product.Add(layers, bidirectional, pooling);
        return product;
    }

    [Theory]
    [MemberData(nameof(Lstms))]
    public void Quantizes_LSTM_layers_and_word_vectors(int layers, bool bidirectional, RnnPooling pooling)
    {
        byte[] graph = Graph(new RnnNetworkOptions { Layers = layers, Bidirectional = bidirectional, Pooling = pooling, EmbeddingSize = 64, HiddenSize = 128 });
        QuantizedGraph quantized = QuantizedGraph.Of(graph);
        string[] expected =
        [
            .. pooling == RnnPooling.Attention ? ["attention.weight"] : Array.Empty<string>(),
            "embedding",
            .. Enumerable.Range(0, layers).SelectMany(layer => new[] { $"recurrent.{layer}.weight", $"recurrent.{layer}.recurrent" }),
        ];
        Assert.Equal(expected.Order(), quantized.Quantized.Order());
        Assert.Empty(quantized.Kept);
        Assert.InRange(quantized.Model.Length, 1, graph.Length / 3);
        AssertClose(Scores(graph), Scores(quantized.Model), 0.05);
    }

    [Theory]
    [InlineData(RnnCell.Gru)]
    [InlineData(RnnCell.GruResetAfter)]
    [InlineData(RnnCell.MinGru)]
    [InlineData(RnnCell.Elman)]
    public void Other_cells_keep_32_bit_weights_with_a_reason(RnnCell cell)
    {
        byte[] graph = Graph(new RnnNetworkOptions { Cell = cell, EmbeddingSize = 128, HiddenSize = 64 });
        QuantizedGraph quantized = QuantizedGraph.Of(graph);
        Assert.Equal(["embedding"], quantized.Quantized);
        Assert.Contains(quantized.Kept, kept =>
            kept.StartsWith("recurrent.0.weight [2,", StringComparison.Ordinal) && kept.EndsWith("supports only 32-bit weights", StringComparison.Ordinal));
        AssertClose(Scores(graph), Scores(quantized.Model), 0.05);
    }

    [Fact]
    public void Quantizes_large_linear_layers()
    {
        byte[] graph = Graph(new RnnNetworkOptions { Cell = RnnCell.None, Layers = 2, EmbeddingSize = 128, HiddenSize = 128 });
        QuantizedGraph quantized = QuantizedGraph.Of(graph);
        Assert.Contains(quantized.Quantized, name => name != "embedding");
        Assert.Empty(quantized.Kept);
        AssertClose(Scores(graph), Scores(quantized.Model), 0.05);
    }

    [Fact]
    public void Throws_with_the_reason_if_no_weights_can_be_quantized()
    {
        using var random = new Generator(5);
        using var network = NewNetwork.Pooled(new RnnNetworkOptions { Cell = RnnCell.Gru, HiddenSize = 128 }, random,
            parameters => new FrameInput(parameters, [10, -3], [2, 0], [10, 20]), (parameters, size) => new ClassificationHead(parameters, size, Classes));
        string message = Assert.Throws<InvalidOperationException>(() => QuantizedGraph.Of(network.Export())).Message;
        Assert.Contains("expected a network with an LSTM", message);
        Assert.Contains("GRU supports only 32-bit weights", message);
    }

    [Fact]
    public void Throws_for_bytes_that_are_not_a_graph()
    {
        Assert.Throws<FormatException>(() => QuantizedGraph.Of([1, 2, 3, 4]));
        Assert.Throws<FormatException>(() => QuantizedGraph.Of([]));
    }

    [Fact]
    public void Removes_the_32_bit_weights()
    {
        byte[] model = QuantizedGraph.Of(Graph(new RnnNetworkOptions { EmbeddingSize = 32, HiddenSize = 64 })).Model;
        Assert.DoesNotContain(OnnxWeights.Read(model).Keys, name => name is "embedding" or "recurrent.0.weight" or "recurrent.0.recurrent");
        using var session = new InferenceSession(model);
        Assert.Equal(["tokens", "lengths"], session.InputMetadata.Keys);
    }

    private static byte[] Graph(RnnNetworkOptions options)
    {
        using var random = new Generator(5);
        using var network = NewNetwork.Pooled(options, random,
            parameters => new Embedder(parameters, Words, options), (parameters, size) => new ClassificationHead(parameters, size, Classes));
        // Large head weights, as after training: with initial weights all classes have nearly the same score, and agreement would prove little.
        foreach (Parameter parameter in network.Parameters.All.Where(parameter => parameter.Name == "head.weight"))
            foreach (ref float value in parameter.Value.Span()) value *= TrainedScale;
        return network.Export();
    }

    private static float[][] Scores(byte[] graph)
    {
        SequenceStore rows = TestBatch.Random(6, Words, 3, 1, 12, 5, 12, 1, 2, 40);
        var scores = new RowValues();
        new OnnxNetwork(graph, default, new NetworkOutput(NetworkSignature.Scores)).Run(TestBatch.Block(rows), [scores]);
        return [.. Enumerable.Range(0, rows.Count).Select(row => scores[row].ToArray())];
    }

    private static void AssertClose(float[][] expected, float[][] actual, double tolerance)
    {
        Assert.True(expected.Max(row => row.Max()) - expected.Min(row => row.Min()) > 0.3, "the scores are too similar to compare");
        for (int row = 0; row < expected.Length; row++)
            for (int k = 0; k < Classes; k++) Assert.Equal(expected[row][k], actual[row][k], tolerance);
    }
}
