using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>C26: what libtorch learns is what ONNX Runtime scores, over the full product of the axes.</summary>
public class ExportTests
{
    public static TheoryData<RnnCell, int, bool, RnnPooling> Product()
    {
        var product = new TheoryData<RnnCell, int, bool, RnnPooling>();
        foreach (RnnCell cell in Enum.GetValues<RnnCell>())
            foreach (int layers in new[] { 1, 2, 3 })
                foreach (bool bidirectional in new[] { false, true })
                    foreach (RnnPooling pooling in Enum.GetValues<RnnPooling>()) product.Add(cell, layers, bidirectional, pooling);
        return product;
    }

    [Theory]
    [MemberData(nameof(Product))]
    public void Torch_and_onnx_agree(RnnCell cell, int layers, bool bidirectional, RnnPooling pooling)
    {
        using var random = new Generator(5);
        var options = new RnnNetworkOptions { Cell = cell, Layers = layers, Bidirectional = bidirectional, Pooling = pooling, EmbeddingSize = 10, HiddenSize = 21 };
        using var network = new PooledNetwork(options, random, threads: 1, parameters => new Embedder(parameters, 40, options), (parameters, size) => new SoftmaxHead(parameters, size, 4));
        foreach (Parameter parameter in network.Parameters.All) Spread(parameter);
        SequenceStore rows = TestBatch.Random(6, 40, 3, 1, 12, 5, 12, 1, 2);

        float[][] expected = Torch(network, rows);
        var onnx = new RowValues();
        new OnnxNetwork(network.Export(), default, new NetworkOutput(NetworkSignature.Scores)).Run(rows, [onnx]);
        for (int row = 0; row < rows.Count; row++)
            for (int k = 0; k < 4; k++) Assert.Equal(expected[row][k], onnx[row][k], 1e-5);
    }

    /// <summary>Weights as large as training makes them: agreement at the small first values would prove little.</summary>
    private static void Spread(Parameter parameter)
    {
        Span<float> values = parameter.Value.Span();
        for (int i = 0; i < values.Length; i++) values[i] = 3 * values[i] + 0.1f * MathF.Sin(i);
    }

    private static float[][] Torch(PooledNetwork network, SequenceStore rows)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        PackedBatch batch = TestBatch.Packed(rows);
        Tensor scores = network.Forward(batch, ForwardMode.Scoring).softmax(1);         // [B,K]
        var byRow = new float[rows.Count][];
        for (int b = 0; b < rows.Count; b++) byRow[batch.Rows[b]] = scores[b].data<float>().ToArray();
        return byRow;
    }
}
