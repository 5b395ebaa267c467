using MlNetRnn.Networks;
using MlNetRnn.Onnx;

namespace MlNetRnn.Trainers.Tests.Networks.Steps;

/// <summary>Reading the weights of a network from its graph without ONNX Runtime.</summary>
public class StepGraphTests
{
    [Fact]
    public void Weights_have_the_names_and_numbers_of_the_graph()
    {
        byte[] graph = new StepNetworkCase("LSTM", "", 3, 7, 2).ToGraph();
        IReadOnlyDictionary<string, float[]> expected = OnnxWeights.Read(graph);
        OnnxContents contents = OnnxContents.Read(graph);
        Assert.Equal(expected.Keys.Order(), contents.Weights.Keys.Order());
        Assert.All(expected, weight => Assert.Equal(weight.Value, contents.Weights[weight.Key].Numbers));
        Assert.Equal([1, 12, 3], contents.Weights["recurrent.1.recurrent"].Shape);
    }

    /// <summary>What is not known exactly is left to ONNX Runtime.</summary>
    [Theory]
    [InlineData("GRU", "Elu")]
    [InlineData("RNN", "Softsign")]
    public void An_unknown_activation_is_left_to_ONNX_Runtime(string cell, string activation) =>
        Assert.Null(StepNetworkWeights.Find(new StepNetworkCase(cell, activation, 3, 7, 1).ToGraph()));

    [Theory]
    [InlineData("direction", "reverse")]
    [InlineData("input_forget", 1L)]
    [InlineData("layout", 1L)]
    public void An_unknown_variant_of_an_operator_is_left_to_ONNX_Runtime(string name, object value) =>
        Assert.Null(StepNetworkWeights.Find(new StepNetworkCase("LSTM", "", 3, 7, 1) { Attributes = [(name, value)] }.ToGraph()));

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Relu")]
    [InlineData("Softmax")]
    public void An_operator_between_the_parts_is_left_to_ONNX_Runtime(string operation)
    {
        var graph = new OnnxGraph("step", "");
        string x = graph.Node("Gather", [graph.Constant("embedding", [1, 2, 3, 4], 2, 2), graph.InputInt64(NetworkSignature.Tokens, "", 1, 1)]);
        float[] ones = [1, 1, 1, 1];
        string state = graph.Node("RNN", [x, graph.Constant("w", ones, 1, 2, 2), graph.Constant("r", ones, 1, 2, 2)], ("hidden_size", 2L));
        string row = graph.Node("Reshape", [state, graph.Constant([1, 2], 2)]);
        graph.NamedNode("known", "Gemm", [row, graph.Constant("output", ones, 2, 2)], ("transB", 1L));
        graph.NamedNode("unknown", "Gemm", [graph.Node(operation, [row]), "output"], ("transB", 1L));
        graph.NamedNode("scaled", "Gemm", [row, "output"], ("transB", 1L), ("alpha", 0L));
        OnnxContents contents = OnnxContents.Read(graph.ToBytes());
        Assert.NotNull(StepGraph.Find(contents, "known"));
        Assert.Null(StepGraph.Find(contents, "unknown"));
        Assert.Null(StepGraph.Find(contents, "scaled"));
        Assert.Null(StepGraph.Find(contents, "absent"));
    }

    [Fact]
    public void A_graph_whose_operators_form_a_circle_ends()
    {
        var graph = new OnnxGraph("step", "");
        graph.NamedNode("a", "Identity", ["b"]);
        graph.NamedNode("b", "Identity", ["a"]);
        graph.NamedNode(NetworkSignature.Logits, "Gemm", ["a", graph.Constant("output", [1], 1, 1)], ("transB", 1L));
        Assert.Null(StepNetworkWeights.Find(graph.ToBytes()));
        var recurrent = new OnnxGraph("step", "");
        string[] weights = [recurrent.Constant("w", [1], 1, 1, 1), recurrent.Constant("r", [1], 1, 1, 1)];
        recurrent.NamedNode("a", "RNN", ["a", .. weights]);
        recurrent.NamedNode(NetworkSignature.Logits, "Gemm", ["a", recurrent.Constant("output", [1], 1, 1)], ("transB", 1L));
        Assert.Null(StepNetworkWeights.Find(recurrent.ToBytes()));
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused()
    {
        var graph = new OnnxGraph("step", "");
        string x = graph.Node("Gather", [graph.Constant("embedding", [1, 2, 3], 1, 3), graph.InputInt64(NetworkSignature.Tokens, "", 1, 1)]);
        string state = graph.Node("RNN", [x, graph.Constant("w", [1, 1], 1, 1, 2), graph.Constant("r", [1], 1, 1, 1)]);
        graph.NamedNode(NetworkSignature.Logits, "Gemm", [state, graph.Constant("output", [1], 1, 1)], ("transB", 1L));
        Assert.Equal(
            "Network graph: expected 3 for the inputs of layer 0, got 2. The model file is damaged.",
            Assert.Throws<FormatException>(() => StepNetworkWeights.Find(graph.ToBytes())).Message);
    }

    [Fact]
    public void Truncated_and_changed_bytes_are_refused_or_harmless()
    {
        byte[] graph = new StepNetworkCase("GRU", "Tanh", 2, 3, 1).ToGraph();
        for (int i = 0; i < graph.Length; i++)
        {
            Read(graph.AsSpan(0, i).ToArray());
            foreach (byte bit in new byte[] { 1, 8, 128, 255 })
            {
                byte[] damaged = [.. graph];
                damaged[i] ^= bit;
                Read(damaged);
            }
        }

        static void Read(byte[] bytes)
        {
            try
            {
                if (StepNetworkWeights.Find(bytes) is { } weights) new ManagedStepNetwork(weights, 1).Read([0], new float[weights.Symbols]);
            }
            catch (FormatException e)
            {
                Assert.Contains("damaged", e.Message);
            }
        }
    }

    [Fact]
    public void Bytes_that_are_no_graph_are_refused()
    {
        Assert.Throws<FormatException>(() => StepNetworkWeights.Find([]));
        Assert.Throws<FormatException>(() => StepNetworkWeights.Find("not a model"u8));
    }
}
