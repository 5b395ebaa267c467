using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Decoding;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Quantization;

namespace MlNetRnn.Trainers.Tests.Networks.Steps;

/// <summary>A network that runs step by step with ONNX Runtime.</summary>
public class OnnxStepNetworkTests
{
    private static readonly StepNetworkCase Network = new("LSTM", "", 12, 30, 2);

    [Theory]
    [InlineData("LSTM", "")]
    [InlineData("GRU after", "Tanh")]
    [InlineData("MinGru", "Affine")]
    public void The_steps_equal_separate_runs(string cell, string activation)
    {
        var network = new StepNetworkCase(cell, activation, 12, 30, 2) { IsTied = true };
        byte[] graph = network.ToGraph();
        using InferenceSession session = ReferenceSteps.Open(graph);
        foreach (int rows in new[] { 1, 5 })
        {
            using var steps = new OnnxStepNetwork(new OnnxSession(graph, default), network.Symbols, rows);
            StepNetworkTests.AssertEqualsOnnxRuntime(network, session, steps);
        }
    }

    /// <summary>Both networks do the same with any sequence of calls, and continue each other's states.</summary>
    [Fact]
    public void All_operations_equal_those_of_the_managed_network()
    {
        byte[] graph = Network.ToGraph();
        using INextSymbols onnx = new OnnxStepNetwork(new OnnxSession(graph, default), Network.Symbols, 2, fingerprint: 5);
        using INextSymbols managed = new ManagedStepNetwork(StepNetworkWeights.Find(graph)!, 2, fingerprint: 5);
        var random = new Random(1);
        for (int i = 0; i < 60; i++)
        {
            if (i % 3 == 1) Both(model => model.Select([.. Enumerable.Range(0, 1 + i % 5).Select(row => row % managed.Rows)]));
            if (i % 7 == 2) Both(model => model.ReadPrompts([.. Enumerable.Range(0, managed.Rows).Select(row => (ReadOnlyMemory<int>)new int[row * i % 4])]));
            if (i % 5 == 3)
            {
                (byte[] first, byte[] second) = (onnx.Save(0), managed.Save(managed.Rows - 1));
                onnx.Restore(0, second);
                managed.Restore(0, second);
                if (i % 2 == 0) Both(model => model.Restore(model.Rows - 1, first));
            }
            int[] symbols = [.. Enumerable.Range(0, managed.Rows).Select(_ => random.Next(Network.Symbols))];
            float[] expected = new float[managed.Rows * Network.Symbols], actual = new float[expected.Length];
            managed.Read(symbols, expected);
            onnx.Read(symbols, actual);
            for (int n = 0; n < expected.Length; n++) Assert.Equal(expected[n], actual[n], 1e-5);
        }

        void Both(Action<INextSymbols> action)
        {
            action(onnx);
            action(managed);
        }
    }

    /// <summary>8-bit weights are the reason for this class: only ONNX Runtime supports them.</summary>
    [Fact]
    public void A_graph_with_8_bit_weights_runs()
    {
        byte[] graph = Network.ToGraph(), quantized = QuantizedGraph.Of(graph).Model;
        Assert.Null(StepNetworkWeights.Find(quantized));
        using INextSymbols steps = new OnnxStepNetwork(new OnnxSession(quantized, default), Network.Symbols, 3);
        using INextSymbols exact = new ManagedStepNetwork(StepNetworkWeights.Find(graph)!, 3);
        float[] expected = new float[3 * Network.Symbols], actual = new float[expected.Length];
        for (int step = 0; step < 20; step++)
        {
            int[] symbols = [step, step + 1, step + 2];
            exact.Read(symbols, expected);
            steps.Read(symbols, actual);
            for (int n = 0; n < expected.Length; n++) Assert.Equal(expected[n], actual[n], 0.05);
        }
        Assert.NotEqual(expected, actual);
    }

    [Fact]
    public void A_session_that_is_closed_between_steps_is_opened_again_and_the_states_remain()
    {
        byte[] graph = Network.ToGraph();
        var session = new OnnxSession(graph, default);
        using var closed = new OnnxStepNetwork(session, Network.Symbols, 1);
        using var open = new OnnxStepNetwork(new OnnxSession(graph, default), Network.Symbols, 1);
        float[] expected = new float[Network.Symbols], actual = new float[Network.Symbols];
        for (int symbol = 0; symbol < 6; symbol++)
        {
            open.Read([symbol], expected);
            closed.Read([symbol], actual);
            Assert.Equal(expected, actual);
            session.Close();
        }
    }

    [Fact]
    public void Wrong_arguments_are_refused_and_change_nothing()
    {
        byte[] graph = Network.ToGraph();
        using var network = new OnnxStepNetwork(new OnnxSession(graph, default), Network.Symbols, 2);
        byte[] before = network.Save(1);
        var result = new float[2 * Network.Symbols];
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Read([3, Network.Symbols], result));
        Assert.Throws<ArgumentException>(() => network.Read([3], result));
        Assert.Throws<ArgumentException>(() => network.Read([3, 4], result.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => network.Select([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Select([2]));
        Assert.Throws<FormatException>(() => network.Restore(0, before.AsSpan(1)));
        Assert.Equal(before, network.Save(1));
    }

    [Fact]
    public void A_graph_that_is_not_one_of_a_language_model_is_refused()
    {
        var graph = new OnnxGraph("other", "");
        graph.OutputFloat("scores", "", 1);
        graph.NamedNode("scores", "Identity", [graph.InputFloat("frames", "", 1)]);
        Assert.Equal(
            "Network graph: expected the inputs tokens, lengths, targets, got frames. The graph is not one of a language model.",
            Assert.Throws<FormatException>(() => new OnnxStepNetwork(new OnnxSession(graph.ToBytes(), default), 3, 1)).Message);
    }
}
