using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using MlNetRnn.Sequences;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>Tests of the state that a recurrent layer receives before its first step and returns after the last step of each row.</summary>
public class RecurrentStateTests
{
    private const int Inputs = 6;

    public static TheoryData<RnnCell, int, int> Forward()
    {
        var product = new TheoryData<RnnCell, int, int>();
        foreach (RnnCell cell in Enum.GetValues<RnnCell>().Except([RnnCell.None]))
            foreach (int layers in new[] { 1, 3 })
                foreach (int hidden in new[] { 1, 16, 37 }) product.Add(cell, layers, hidden);
        return product;
    }

    [Theory]
    [MemberData(nameof(Forward))]
    public void Kernel_with_states_equals_operators_in_values_and_gradients(RnnCell cell, int layers, int hidden)
    {
        using DisposeScope scope = NewDisposeScope();
        var run = new Setup(cell, layers, hidden, isBidirectional: false);
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 5, 1, 7, 3, 7, 1));
        Tensor x = randn([batch.Count, Inputs], generator: run.Random).requires_grad_(true);
        RecurrentState[] initial = run.RandomState(batch.Rows.Length);
        using (run)
        {
            float[][] fast = run.Gradients(x, initial, run.Stack.ForwardFrom(initial, new LayerInput(x, null), batch, ForwardMode.Scoring));
            float[][] slow = run.Gradients(x, initial, run.WithOperators(x, batch, initial));
            for (int i = 0; i < slow.Length; i++) AssertClose(slow[i], fast[i], 3e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Forward))]
    public void Two_halves_with_the_state_between_them_equal_the_whole(RnnCell cell, int layers, int hidden)
    {
        using DisposeScope scope = NewDisposeScope();
        using var run = new Setup(cell, layers, hidden, isBidirectional: false);
        PackedBatch whole = TestBatch.Packed(TestBatch.Random(1, 9, 8, 8, 8)), half = TestBatch.Packed(TestBatch.Random(1, 9, 4, 4, 4));
        Tensor x = randn([24, Inputs], generator: run.Random).requires_grad_(true);
        float[][] expected = run.Gradients(x, [], run.Stack.ForwardFrom(null, new LayerInput(x, null), whole, ForwardMode.Scoring));
        (Tensor first, RecurrentState[] between) = run.Stack.ForwardFrom(null, new LayerInput(x.narrow(0, 0, 12), null), half, ForwardMode.Scoring);
        (Tensor second, RecurrentState[] final) = run.Stack.ForwardFrom(between, new LayerInput(x.narrow(0, 12, 12), null), half, ForwardMode.Scoring);
        float[][] actual = run.Gradients(x, [], (cat([first, second]), final));
        for (int i = 0; i < expected.Length; i++) AssertClose(expected[i], actual[i], 3e-5);
    }

    [Theory]
    [InlineData(RnnCell.Lstm)]
    [InlineData(RnnCell.Gru)]
    [InlineData(RnnCell.MinGru)]
    public void Both_directions_return_the_state_after_the_step_that_they_read_last(RnnCell cell)
    {
        using DisposeScope scope = NewDisposeScope();
        using var run = new Setup(cell, 2, 9, isBidirectional: true);
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 5, 1, 7, 3));
        Tensor x = randn([batch.Count, Inputs], generator: run.Random).requires_grad_(true);
        float[][] fast = run.Gradients(x, [], run.Stack.ForwardFrom(null, new LayerInput(x, null), batch, ForwardMode.Scoring));
        float[][] slow = run.Gradients(x, [], run.WithOperators(x, batch, null));
        for (int i = 0; i < slow.Length; i++) AssertClose(slow[i], fast[i], 3e-5);
    }

    [Theory]
    [MemberData(nameof(Forward))]
    public void The_exported_layers_with_states_equal_the_kernel(RnnCell cell, int layers, int hidden)
    {
        using DisposeScope scope = NewDisposeScope();
        using var run = new Setup(cell, layers, hidden, isBidirectional: false);
        int[] lengths = [7, 5, 3, 1];
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, lengths));
        Tensor x = randn([batch.Count, Inputs], generator: run.Random);
        RecurrentState[] initial = run.RandomState(batch.Rows.Length);
        RecurrentState[] expected = run.Stack.ForwardFrom(initial, new LayerInput(x, null), batch, ForwardMode.Scoring).Final;

        Tensor padded = zeros([7, 4, Inputs], ScalarType.Float32);
        for (int b = 0; b < 4; b++)
            for (int t = 0; t < lengths[b]; t++) padded[t, b] = x[batch.Position(b, t)];
        using var session = new InferenceSession(run.Export());
        var inputs = new Dictionary<string, OrtValue>
        {
            ["x"] = OrtValue.CreateTensorValueFromMemory(padded.Span().ToArray(), [7, 4, Inputs]),
            ["lengths"] = OrtValue.CreateTensorValueFromMemory(lengths, [4]),
        };
        for (int i = 0; i < layers; i++)
        {
            inputs[$"h{i}"] = OrtValue.CreateTensorValueFromMemory(initial[i].Hidden.Span().ToArray(), [1, 4, hidden]);
            if (initial[i].Memory is { } memory) inputs[$"c{i}"] = OrtValue.CreateTensorValueFromMemory(memory.Span().ToArray(), [1, 4, hidden]);
        }
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, inputs, session.OutputNames);
        var byName = session.OutputNames.Zip(outputs).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
        for (int i = 0; i < layers; i++)
        {
            AssertClose(expected[i].Hidden.Span().ToArray(), byName[$"final_h{i}"], 1e-5);
            if (expected[i].Memory is { } memory) AssertClose(memory.Span().ToArray(), byName[$"final_c{i}"], 1e-5);
        }
    }

    [Fact]
    public void A_state_of_another_number_of_rows_or_for_two_directions_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        using var forward = new Setup(RnnCell.Lstm, 1, 4, isBidirectional: false);
        using var both = new Setup(RnnCell.Lstm, 1, 4, isBidirectional: true);
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 2, 2));
        var x = new LayerInput(randn([4, Inputs], generator: forward.Random), null);
        Assert.Contains("expected an initial state of 2 rows, got 3", Assert.Throws<InvalidOperationException>(
            () => forward.Stack.ForwardFrom(forward.RandomState(3), x, batch, ForwardMode.Scoring)).Message);
        Assert.Contains("for a forward layer only", Assert.Throws<InvalidOperationException>(
            () => both.Stack.ForwardFrom(forward.RandomState(2), x, batch, ForwardMode.Scoring)).Message);
    }

    [Fact]
    public void Weight_dropout_drops_weights_of_the_recurrence_in_training_only()
    {
        using DisposeScope scope = NewDisposeScope();
        using var run = new Setup(RnnCell.Lstm, 1, 8, isBidirectional: false, weightDropout: 0.5f);
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 6, 6));
        var x = new LayerInput(randn([batch.Count, Inputs], generator: run.Random), null);
        float[] scored = run.Stack.Forward(x, batch, ForwardMode.Scoring).Span().ToArray();
        Assert.Equal(scored, run.Stack.Forward(x, batch, ForwardMode.Scoring).Span().ToArray());
        using var random = new Generator(5);
        Tensor trained = run.Stack.Forward(x, batch, new ForwardMode(random));
        // The first step has no state before it, so the recurrence does not matter.
        Assert.Equal(scored.AsSpan(0, 16), trained.Span().ToArray().AsSpan(0, 16));
        Assert.NotEqual(scored, trained.Span().ToArray());
        trained.sum().backward();
        float[] gradient = run.Parameters.All.Single(parameter => parameter.Name == "recurrent.0.recurrent").Gradient!.Span().ToArray();
        Assert.InRange(gradient.Count(number => number == 0), gradient.Length / 3, gradient.Length * 2 / 3);
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }

    private sealed class Setup : IDisposable
    {
        public Setup(RnnCell cell, int layers, int hidden, bool isBidirectional, float weightDropout = 0)
        {
            Parameters = new ParameterSet(Random);
            var options = new RnnNetworkOptions
            {
                Cell = cell,
                Layers = layers,
                Bidirectional = isBidirectional,
                HiddenSize = hidden,
                Dropout = 0,
                WeightDropout = weightDropout,
            };
            Stack = new RecurrentStack(Parameters, options, RecurrentCells.Find(options)!, Inputs, threads: 2);
        }

        public Generator Random { get; } = new(3);

        public ParameterSet Parameters { get; }

        public RecurrentStack Stack { get; }

        public RecurrentState[] RandomState(int rows) =>
            [.. Enumerable.Range(0, Stack.States).Select(_ => new RecurrentState(State(rows), Stack.HasMemory ? State(rows) : null))];

        public (Tensor States, RecurrentState[] Final) WithOperators(Tensor x, PackedBatch batch, RecurrentState[]? initial)
        {
            return Stack.ForwardFromWithOperators(initial, new LayerInput(x, null), batch, ForwardMode.Scoring);
        }

        /// <summary>Returns the states and the gradients of a random function of all results: of x, of the initial states and of all parameters.</summary>
        public float[][] Gradients(Tensor x, RecurrentState[] initial, (Tensor States, RecurrentState[] Final) results)
        {
            IEnumerable<Tensor> values = [results.States, .. results.Final.SelectMany(Parts)];
            Tensor[] inputs = [x, .. initial.SelectMany(Parts)];
            foreach (Tensor input in inputs) input.grad?.zero_();
            foreach (Parameter parameter in Parameters.All) parameter.ClearGradient();
            using var random = new Generator(11);
            Tensor sum = values.Aggregate(tensor(0f), (total, value) => total + (value * randn(value.shape, generator: random)).sum());
            sum.backward();
            return
            [
                .. values.Select(value => value.contiguous().Span().ToArray()), .. inputs.Select(input => input.grad!.contiguous().Span().ToArray()),
                .. Parameters.All.Select(parameter => parameter.Gradient!.Span().ToArray()),
            ];
        }

        public byte[] Export()
        {
            var graph = new OnnxGraph("test", "");
            string x = graph.InputFloat("x", "", "steps", "batch", Inputs), lengths = graph.InputInt32("lengths", "", "batch");
            ExportedState[] initial =
            [
                .. Enumerable.Range(0, Stack.States).Select(i => new ExportedState(
                    graph.InputFloat($"h{i}", "", 1, "batch", Stack.Hidden), Stack.HasMemory ? graph.InputFloat($"c{i}", "", 1, "batch", Stack.Hidden) : null)),
            ];
            ExportedState[] final = Stack.Export(graph, x, lengths, initial).Final;
            for (int i = 0; i < final.Length; i++)
            {
                Name(graph, final[i].Hidden, $"final_h{i}");
                if (final[i].Memory is { } memory) Name(graph, memory, $"final_c{i}");
            }
            return graph.ToBytes();
        }

        public void Dispose()
        {
            Stack.Dispose();
            Parameters.Dispose();
            Random.Dispose();
        }

        private void Name(OnnxGraph graph, string value, string name)
        {
            graph.NamedNode(name, "Identity", [value]);
            graph.OutputFloat(name, "", 1, "batch", Stack.Hidden);
        }

        private Tensor State(int rows) => randn([1, rows, Stack.Hidden], generator: Random).requires_grad_(true);

        private static IEnumerable<Tensor> Parts(RecurrentState state) => state.Memory is { } memory ? [state.Hidden, memory] : [state.Hidden];
    }
}
