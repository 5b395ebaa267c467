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

    /// <summary>A text that is sampled with a seed must not depend on what else is sampled at the same time.</summary>
    [Fact]
    public void The_results_of_a_row_do_not_depend_on_other_rows_or_threads()
    {
        StepNetworkWeights weights = StepNetworkWeights.Find(new StepNetworkCase("LSTM", "", 40, 65, 2).ToGraph())!;
        float[][] alone = [.. Enumerable.Range(0, 37).Select(row => Last(new ManagedStepNetwork(weights, 1), [row]))];
        foreach (int rows in new[] { 2, 3, 4, 7, 8, 13, 32, 37 })
        {
            foreach (int threads in new[] { 1, 3 })
            {
                float[] together = Last(new ManagedStepNetwork(weights, rows, threads: threads), [.. Enumerable.Range(0, rows)]);
                Assert.Equal(alone.Take(rows).SelectMany(numbers => numbers), together);
            }
        }

        static float[] Last(ManagedStepNetwork network, int[] symbols)
        {
            var result = new float[symbols.Length * network.Symbols];
            for (int step = 0; step < 5; step++) network.Read([.. symbols.Select(symbol => (symbol + step) % 65)], result);
            return result;
        }
    }

    [Fact]
    public void Steps_whose_predictions_are_not_wanted_advance_the_state()
    {
        StepNetworkWeights weights = StepNetworkWeights.Find(new StepNetworkCase("GRU", "Tanh", 9, 30, 1).ToGraph())!;
        INextSymbols all = new ManagedStepNetwork(weights, 1), last = new ManagedStepNetwork(weights, 1);
        float[] expected = new float[30], actual = new float[30];
        foreach (int symbol in new[] { 0, 5, 9 }) all.Read([symbol], expected);
        last.Read([0], []);
        last.Read([5], []);
        last.Read([9], actual);
        Assert.Equal(expected, actual);
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
