using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Trainers.Tests.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>Compares the kernels of the cells with the same cells in libtorch operators.</summary>
[Collection(nameof(ProductKernels))]
public class RecurrentLayerTests
{
    public static TheoryData<RnnCell, int, bool, int> Product()
    {
        var product = new TheoryData<RnnCell, int, bool, int>();
        foreach (RnnCell cell in Enum.GetValues<RnnCell>().Except([RnnCell.None]))
            foreach (int layers in new[] { 1, 2, 3 })
                foreach (bool bidirectional in new[] { false, true })
                    foreach (int hidden in new[] { 1, 16, 37 }) product.Add(cell, layers, bidirectional, hidden);
        return product;
    }

    [Theory]
    [MemberData(nameof(Product))]
    public void Kernel_equals_operators_in_values_and_gradients(RnnCell cell, int layers, bool bidirectional, int hidden)
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 5, 1, 7, 3, 7, 1));
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        var options = new RnnNetworkOptions { Cell = cell, Layers = layers, Bidirectional = bidirectional, HiddenSize = hidden, Dropout = 0 };
        using var stack = Stack(parameters, options, 6, threads: 2);
        Tensor x = randn([batch.Count, 6], generator: random).requires_grad_(true);
        Tensor weights = randn([batch.Count, stack.OutputSize], generator: random);

        Tensor fast = stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring);
        float[][] fastGradients = GradientsOf(fast, weights, x, parameters);
        Tensor slow = stack.ForwardWithOperators(new LayerInput(x, null), batch, ForwardMode.Scoring);
        float[][] slowGradients = GradientsOf(slow, weights, x, parameters);

        AssertClose(slow.Span().ToArray(), fast.Span().ToArray(), 1e-6);
        for (int i = 0; i < slowGradients.Length; i++) AssertClose(slowGradients[i], fastGradients[i], 2e-5);
    }

    /// <summary>On a GPU, the operators compute the layers.</summary>
    [Fact]
    public void Weight_dropout_drops_the_same_with_operators()
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 5, 1));
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        using var stack = Stack(parameters, new RnnNetworkOptions { HiddenSize = 6, Dropout = 0, WeightDropout = 0.5f }, 4, threads: 1);
        var x = new LayerInput(randn([batch.Count, 4], generator: random), null);
        float[] fast = Dropped(stack.Forward);
        Assert.NotEqual(stack.Forward(x, batch, ForwardMode.Scoring).Span().ToArray(), fast);
        AssertClose(Dropped(stack.ForwardWithOperators), fast, 1e-6);

        float[] Dropped(Func<LayerInput, PackedBatch, ForwardMode, Tensor> forward)
        {
            using var masks = new Generator(7);
            return forward(x, batch, new ForwardMode(masks)).Span().ToArray();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shared_vectors_equal_a_vector_for_each_token(bool bidirectional)
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 5, 1, 7, 3));
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        using var stack = Stack(parameters, new RnnNetworkOptions { Layers = 2, Bidirectional = bidirectional, HiddenSize = 12, Dropout = 0 }, 6, threads: 2);
        int[] places = [.. Enumerable.Range(0, batch.Count).Select(n => n * n % 5)];
        Tensor x = randn([5, 6], generator: random).requires_grad_(true), weights = randn([batch.Count, stack.OutputSize], generator: random);
        var shared = new LayerInput(x, places);

        float[][] actual = GradientsOf(stack.Forward(shared, batch, ForwardMode.Scoring), weights, x, parameters);
        float[][] expected = GradientsOf(stack.ForwardWithOperators(shared, batch, ForwardMode.Scoring), weights, x, parameters);
        for (int i = 0; i < expected.Length; i++) AssertClose(expected[i], actual[i], 2e-5);
    }

    [Theory]
    [InlineData(RnnActivation.Relu)]
    [InlineData(RnnActivation.Sigmoid)]
    public void Every_activation_has_the_gradients_of_its_operators(RnnActivation activation)
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 5, 1, 7));
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        var options = new RnnNetworkOptions { Cell = RnnCell.Elman, Activation = activation, HiddenSize = 19, Layers = 2, Dropout = 0 };
        using RecurrentStack stack = Stack(parameters, options, 6, 2);
        Tensor x = randn([batch.Count, 6], generator: random).requires_grad_(true), weights = randn([batch.Count, stack.OutputSize], generator: random);
        float[][] fast = GradientsOf(stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
        float[][] slow = GradientsOf(stack.ForwardWithOperators(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
        for (int i = 0; i < slow.Length; i++) AssertClose(slow[i], fast[i], 2e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_result_is_the_same_with_every_matrix_product(int threads)
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(2, 9, 4, 2, 6));
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        using var stack = Stack(parameters, new RnnNetworkOptions { HiddenSize = 19, Layers = 2 }, 5, threads);
        Tensor x = randn([batch.Count, 5], generator: random).requires_grad_(true), weights = randn([batch.Count, stack.OutputSize], generator: random);
        float[][]? first = null;
        ProductKernels.WithEach(() =>
        {
            GradientsOf(stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
            float[][] result = GradientsOf(stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
            first ??= result;
            for (int i = 0; i < first.Length; i++) AssertClose(first[i], result[i], 1e-5);
        });
        Assert.Equal(OperatingSystem.IsLinux(), MatrixProduct.HasBlas);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_the_result()
    {
        float[][] Run(int threads)
        {
            using DisposeScope scope = NewDisposeScope();
            PackedBatch batch = TestBatch.Packed(TestBatch.Random(2, 9, 30, 2, 17, 8));
            using var random = new Generator(3);
            using var parameters = new ParameterSet(random);
            using var stack = Stack(parameters, new RnnNetworkOptions { HiddenSize = 64, Layers = 2 }, 32, threads);
            Tensor x = randn([batch.Count, 32], generator: random).requires_grad_(true), weights = randn([batch.Count, stack.OutputSize], generator: random);
            return GradientsOf(stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
        }

        Assert.Equal(Run(1), Run(2));
    }

    [Theory]
    [InlineData(RnnCell.Lstm)]
    [InlineData(RnnCell.Gru)]
    [InlineData(RnnCell.GruResetAfter)]
    [InlineData(RnnCell.Elman)]
    [InlineData(RnnCell.MinGru)]
    public void Rows_of_a_single_direction_are_divided_among_the_threads(RnnCell cell)
    {
        int[] lengths = [.. Enumerable.Range(0, 41).Select(row => 1 + row * 7 % 13)];
        float[][] Run(int threads, int[]? places)
        {
            using DisposeScope scope = NewDisposeScope();
            PackedBatch batch = TestBatch.Packed(TestBatch.Random(2, 9, lengths));
            using var random = new Generator(3);
            using var parameters = new ParameterSet(random);
            var options = new RnnNetworkOptions { Cell = cell, HiddenSize = 37, Layers = 2, Bidirectional = false, Dropout = 0 };
            using RecurrentStack stack = Stack(parameters, options, 6, threads);
            Tensor x = randn([places is null ? batch.Count : 5, 6], generator: random).requires_grad_(true);
            Tensor weights = randn([batch.Count, stack.OutputSize], generator: random);
            return GradientsOf(stack.Forward(new LayerInput(x, places), batch, ForwardMode.Scoring), weights, x, parameters);
        }

        foreach (int[]? places in new[] { null, Enumerable.Range(0, lengths.Sum()).Select(n => n * n % 5).ToArray() })
        {
            float[][] one = Run(1, places);
            foreach (int threads in new[] { 2, 3, 8 })
            {
                float[][] several = Run(threads, places);
                for (int i = 0; i < one.Length; i++) AssertClose(one[i], several[i], 2e-5);
            }
        }
    }

    private static RecurrentStack Stack(ParameterSet parameters, RnnNetworkOptions options, int inputs, int threads) =>
        new(parameters, options, RecurrentCells.Find(options)!, inputs, threads);

    /// <summary>Returns the gradients of Σ weights·y for x and for every parameter.</summary>
    private static float[][] GradientsOf(Tensor y, Tensor weights, Tensor x, ParameterSet parameters)
    {
        x.grad?.zero_();
        foreach (Parameter parameter in parameters.All) parameter.ClearGradient();
        (y * weights).sum().backward();
        return [x.grad!.Span().ToArray(), .. parameters.All.Select(parameter => parameter.Gradient!.Span().ToArray())];
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
