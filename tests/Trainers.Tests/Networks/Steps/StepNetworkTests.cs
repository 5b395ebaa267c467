using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Decoding;
using MlNetRnn.Networks;

namespace MlNetRnn.Trainers.Tests.Networks.Steps;

/// <summary>The network that runs without ONNX Runtime computes what ONNX Runtime computes.</summary>
public class StepNetworkTests
{
    private const int Steps = 20;

    public static TheoryData<string, string> Cells => new()
    {
        { "LSTM", "" }, { "GRU", "Tanh" }, { "GRU", "Relu" }, { "GRU after", "Tanh" }, { "GRU after", "Sigmoid" }, { "MinGru", "Affine" }, { "MinGru", "Tanh" },
        { "RNN", "Tanh" }, { "RNN", "Relu" }, { "RNN", "Sigmoid" }, { "RNN", "Affine" },
    };

    [Theory, MemberData(nameof(Cells))]
    public void All_cells_and_sizes_equal_ONNX_Runtime(string cell, string activation)
    {
        (int Hidden, int Symbols, int Layers)[] sizes = [(1, 2, 3), (3, 65, 1), (17, 300, 2), (33, 7, 1), (256, 65, 1)];
        foreach ((int hidden, int symbols, int layers) in sizes)
        {
            var network = new StepNetworkCase(cell, activation, hidden, symbols, layers);
            byte[] graph = network.ToGraph();
            StepNetworkWeights weights = StepNetworkWeights.Find(graph)!;
            using InferenceSession session = ReferenceSteps.Open(graph);
            foreach (int rows in hidden == 256 ? [1, 5] : new[] { 1, 2, 5, 8, 32 })
                AssertEqualsOnnxRuntime(network, session, new ManagedStepNetwork(weights, rows));
        }
    }

    [Fact]
    public void Tied_weights_and_other_forms_of_the_output_layer_equal_ONNX_Runtime()
    {
        foreach (bool isTied in new[] { false, true })
        {
            foreach (bool hasSplitOutput in new[] { false, true })
            {
                var network = new StepNetworkCase("LSTM", "", 24, 65, 2) { IsTied = isTied, HasSplitOutput = hasSplitOutput, Embedding = 12 };
                byte[] graph = network.ToGraph();
                using InferenceSession session = ReferenceSteps.Open(graph);
                AssertEqualsOnnxRuntime(network, session, new ManagedStepNetwork(StepNetworkWeights.Find(graph)!, 3));
            }
        }
    }

    /// <summary>With many symbols, the inputs of the gates are computed in each step.</summary>
    [Theory, MemberData(nameof(Cells))]
    public void A_table_that_is_too_large_changes_nothing(string cell, string activation)
    {
        var network = new StepNetworkCase(cell, activation, 20, 65, 1);
        byte[] graph = network.ToGraph();
        StepNetworkDescription description = StepGraph.Find(OnnxContents.Read(graph), NetworkSignature.Logits)!;
        using InferenceSession session = ReferenceSteps.Open(graph);
        AssertEqualsOnnxRuntime(network, session, new ManagedStepNetwork(new StepNetworkWeights(description, tableBytes: 0), 5));
    }

    internal static void AssertEqualsOnnxRuntime(StepNetworkCase network, InferenceSession session, INextSymbols steps)
    {
        using var reference = new ReferenceSteps(network, session, steps.Rows);
        var random = new Random(steps.Rows);
        var actual = new float[steps.Rows * steps.Symbols];
        for (int step = 0; step < Steps; step++)
        {
            int[] symbols = [.. Enumerable.Range(0, steps.Rows).Select(_ => random.Next(network.Symbols))];
            steps.Read(symbols, actual);
            float[] expected = reference.Read(symbols);
            for (int i = 0; i < expected.Length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5, $"{network}, {steps.Rows} rows, step {step}: expected {expected[i]}, got {actual[i]}");
        }
    }
}
