using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.LanguageModels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>Tests of the feed-forward encoder of the last k steps.</summary>
public class WindowEncoderTests
{
    private const int Inputs = 3, Hidden = 4;

    [Fact]
    public void A_tiny_case_equals_the_one_computed_by_hand()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        var encoder = new WindowEncoder(parameters, Options(window: 2, layers: 1) with { HiddenSize = 1 }, inputs: 1);
        Set(parameters, "window.0.weight", 2, -1);
        Set(parameters, "window.0.bias", 0.5f);
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 2));
        var vectors = new LayerInput(tensor(new[] { 0.1f, 0.4f }).view(2, 1), null);
        (Tensor states, RecurrentState[] final) = encoder.ForwardFrom(null, vectors, batch, ForwardMode.Scoring);
        Assert.Equal([MathF.Tanh(0.4f), MathF.Tanh(0.3f)], states.Span().ToArray(), Close);
        Assert.Equal([0.4f], final[0].Hidden.Span().ToArray());
        // The state is the vector before.
        PackedBatch one = TestBatch.Packed(TestBatch.Random(1, 9, 1));
        Tensor next = encoder.ForwardFrom(final, new LayerInput(tensor(new[] { 1f }).view(1, 1), null), one, ForwardMode.Scoring).States;
        Assert.Equal([MathF.Tanh(0.8f - 1 + 0.5f)], next.Span().ToArray(), Close);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 1)]
    public void The_states_are_those_of_simple_loops(int window, int layers)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        var encoder = new WindowEncoder(parameters, Options(window, layers), Inputs);
        SequenceStore store = TestBatch.Random(1, 9, 5, 1, 7, 3, 3);
        PackedBatch batch = TestBatch.Packed(store);
        Tensor table = randn([9, Inputs], generator: random);
        (int[] distinct, int[] places) = DistinctTokens.Of(batch.Tokens);
        var input = new LayerInput(table.index_select(0, tensor(distinct, ScalarType.Int64)), places);
        float[] states = encoder.ForwardFrom(null, input, batch, ForwardMode.Scoring).States.Span().ToArray();
        for (int b = 0; b < batch.Rows.Length; b++)
            for (int t = 0; t < batch.Lengths[b]; t++)
            {
                float[] x = [.. Enumerable.Range(t - window + 1, window).SelectMany(s => s < 0
                    ? new float[Inputs]
                    : table.Span().Slice(store[batch.Rows[b]][s] * Inputs, Inputs).ToArray())];
                for (int i = 0; i < layers; i++) x = Layer(parameters, i, x);
                Assert.Equal(x, states.AsSpan(batch.Position(b, t) * Hidden, Hidden).ToArray(), Close);
            }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Two_halves_with_the_state_between_them_equal_the_whole(int window)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        var encoder = new WindowEncoder(parameters, Options(window, layers: 2), Inputs);
        PackedBatch whole = TestBatch.Packed(TestBatch.Random(1, 9, 8, 8, 8)), half = TestBatch.Packed(TestBatch.Random(1, 9, 4, 4, 4));
        Tensor x = randn([24, Inputs], generator: random).requires_grad_(true), weights = randn([24, Hidden], generator: random);
        (Tensor all, RecurrentState[] end) = encoder.ForwardFrom(null, new LayerInput(x, null), whole, ForwardMode.Scoring);
        (Tensor first, RecurrentState[] between) = encoder.ForwardFrom(null, new LayerInput(x.narrow(0, 0, 12), null), half, ForwardMode.Scoring);
        (Tensor second, RecurrentState[] final) = encoder.ForwardFrom(between, new LayerInput(x.narrow(0, 12, 12), null), half, ForwardMode.Scoring);
        float[] expected = Gradient(all), actual = Gradient(cat([first, second]));
        Assert.Equal(all.Span().ToArray(), cat([first, second]).Span().ToArray(), Close);
        Assert.Equal(end[0].Hidden.Span().ToArray(), final[0].Hidden.Span().ToArray());
        Assert.Equal(expected, actual, Close);

        float[] Gradient(Tensor states) => autograd.grad([states.mul(weights).sum()], [x], retain_graph: true)[0].Span().ToArray();
    }

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(4, 2, true)]
    [InlineData(17, 3, false)]
    public void The_graph_scores_and_steps_as_the_network(int window, int layers, bool isTied)
    {
        using DisposeScope scope = NewDisposeScope();
        SymbolCodecBuilder builder = SymbolCodecs.CreateBuilder(RnnLanguageUnit.Character);
        builder.AddText("abcd");
        SymbolCodec codec = builder.Build(1, 100);
        RnnLanguageNetworkOptions options = Options(window, layers) with { TiedEmbeddings = isTied };
        using var random = new Generator(1);
        var parameters = new ParameterSet(random);
        using var network = new LanguageModelNetwork(parameters, new SymbolEmbedding(parameters, codec.Count, options), options, codec.Count, threads: 1);
        var model = new RecurrentLanguageModel(codec, network.Export(), default);
        int[][] sequences = [[0, 2, 3, 4, 5, 2, 2, 0], [0, 0], [0, 5, 1, 0]];
        float[][] scores = [.. sequences.Select(sequence => new float[sequence.Length - 1])];
        model.Score(sequences, scores);
        for (int i = 0; i < sequences.Length; i++)
        {
            Assert.Equal(-Loss(network, sequences[i]), scores[i].Sum(), 1e-4);
            using INextSymbols steps = Assert.IsType<ManagedStepNetwork>(model.Open(1));
            var distribution = new float[codec.Count];
            for (int t = 0; t < scores[i].Length; t++)
            {
                steps.Read([sequences[i][t]], distribution);
                Assert.Equal(scores[i][t], distribution[sequences[i][t + 1]], 1e-5);
            }
        }
        AssertRowsContinue(model);
    }

    /// <summary>Rows are independent: they can be exchanged, repeated, saved and restored.</summary>
    private static void AssertRowsContinue(RecurrentLanguageModel model)
    {
        int symbols = model.Codec.Count;
        using INextSymbols two = model.Open(2), alone = model.Open(1), restored = model.Open(1);
        var distributions = new float[2 * symbols];
        var expected = new float[symbols];
        foreach (int symbol in new[] { 0, 2, 3 }) two.Read([symbol, 5 - symbol], distributions);
        foreach (int symbol in new[] { 5, 3, 2 }) alone.Read([symbol], expected);
        restored.Restore(0, two.Save(1));
        two.Select([1, 1]);
        two.Read([4, 0], distributions);
        alone.Read([4], expected);
        Assert.Equal(expected, distributions[..symbols]);
        restored.Read([4], expected);
        Assert.Equal(expected, distributions[..symbols]);
    }

    [Fact]
    public void A_trained_model_generates_is_saved_and_trained_further()
    {
        var ml = new MLContext(1);
        string[] texts = ["abcabcabcabcabcabc", "cbacbacbacba"];
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Line { Text = texts[i % 2] }));
        var options = new RnnLanguageModelOptions
        {
            BackpropagationSteps = 4,
            Network = Options(3, 1) with { HiddenSize = 32, EmbeddingSize = 8 },
            Training = new RnnTrainingOptions { MaxEpochs = 30, LearningRate = 0.02f, Seed = 1, ValidationFraction = 0, BatchSize = 4, Threads = 1 },
        };
        RnnLanguageModelTransformer model = ml.Transforms.Text.RnnLanguageModel(options).Fit(data);
        Assert.StartsWith("cabc", ml.Rnn().CreateTextGenerator(model).Generate("ab", new() { Temperature = 0, MaximumLength = 4 }));
        Assert.StartsWith("cabc", ml.Rnn().CreateTextGenerator(model).Generate("ab", new() { BeamWidth = 4, MaximumLength = 4 }));
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = (RnnLanguageModelTransformer)new MLContext().Model.Load(stream, out _);
        Assert.StartsWith("bacb", ml.Rnn().CreateTextGenerator(loaded).Generate("c", new() { Temperature = 0, MaximumLength = 5 }));
        RnnLanguageModelOptions more = options with { Training = options.Training with { MaxEpochs = 1, LearningRate = 1e-6f } };
        RnnLanguageModelTransformer continued = ml.Transforms.Text.RnnLanguageModel(more).ContinueFrom(loaded).Fit(data);
        Assert.StartsWith("cabc", ml.Rnn().CreateTextGenerator(continued).Generate("ab", new() { Temperature = 0, MaximumLength = 4 }));
    }

    private static RnnLanguageNetworkOptions Options(int window, int layers) =>
        new() { Window = window, Layers = layers, HiddenSize = Hidden, EmbeddingSize = Inputs, Dropout = 0 };

    private static bool Close(float a, float b) => Math.Abs(a - b) < 1e-5;

    private static void Set(ParameterSet parameters, string name, params float[] numbers) => numbers.CopyTo(Find(parameters, name));

    private static Span<float> Find(ParameterSet parameters, string name) => parameters.All.Single(parameter => parameter.Name == name).Value.Span();

    private static float[] Layer(ParameterSet parameters, int layer, float[] x)
    {
        (float[] weight, float[] bias) = (Find(parameters, $"window.{layer}.weight").ToArray(), Find(parameters, $"window.{layer}.bias").ToArray());
        return [.. bias.Select((b, o) => MathF.Tanh(b + x.Select((number, i) => number * weight[o * x.Length + i]).Sum()))];
    }

    private static double Loss(LanguageModelNetwork network, int[] sequence)
    {
        var store = new SequenceStore();
        foreach (int symbol in sequence) store.Add(symbol);
        store.EndSequence();
        SymbolWindow window = SymbolWindow.Of(store, [new SymbolSegment(0, 0, sequence.Length - 1)], 0, sequence.Length);
        return network.Loss(window, null, 0, ForwardMode.Scoring).Loss.item<float>();
    }

    private sealed class Line
    {
        public string Text { get; set; } = "";
    }
}
