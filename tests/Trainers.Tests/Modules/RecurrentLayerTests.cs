using MlNetRnn.Batching;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>The kernels of the cells against the same cells built of libtorch operators, and those against hand and against libtorch's own LSTM.</summary>
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

    [Fact]
    public void One_step_of_the_elman_cell_by_hand()
    {
        // z_1 = tanh(A x_1), z_2 = tanh(A x_2 + B z_1) with A = 0.5, B = −2, x = 1, 3.
        float[] states = RunScalar(RnnCell.Elman, weight: [0.5f], recurrent: [-2], bias: [0], x: [1, 3]);
        double first = Math.Tanh(0.5), second = Math.Tanh(1.5 - 2 * first);
        AssertClose([(float)first, (float)second], states, 1e-6);
    }

    [Fact]
    public void Two_steps_of_the_lstm_cell_by_hand()
    {
        // Gates in the order i, o, f, C̃; every weight another, so that no two can be mistaken for each other.
        float[] w = [0.1f, -0.2f, 0.3f, 0.4f], r = [0.5f, 0.6f, -0.7f, 0.8f], b = [0.05f, -0.15f, 0.25f, 0.35f];
        double h = 0, c = 0;
        var expected = new List<float>();
        foreach (double x in new[] { 1.0, -2.0 })
        {
            double Gate(int g) => w[g] * x + r[g] * h + b[g];
            double i = Sigmoid(Gate(0)), o = Sigmoid(Gate(1)), f = Sigmoid(Gate(2)), candidate = Math.Tanh(Gate(3));
            c = f * c + i * candidate;
            h = o * Math.Tanh(c);
            expected.Add((float)h);
        }
        AssertClose([.. expected], RunScalar(RnnCell.Lstm, w, r, b, [1, -2]), 1e-6);
    }

    [Fact]
    public void Two_steps_of_the_gru_cell_by_hand()
    {
        // Gates in the order z, r, h̃; the reset before the product, z weights the new state.
        float[] w = [0.1f, -0.2f, 0.3f], r = [0.5f, 0.6f, -0.7f], b = [0.05f, -0.15f, 0.25f];
        double h = 0;
        var expected = new List<float>();
        foreach (double x in new[] { 1.0, -2.0 })
        {
            double z = Sigmoid(w[0] * x + r[0] * h + b[0]), reset = Sigmoid(w[1] * x + r[1] * h + b[1]);
            double candidate = Math.Tanh(w[2] * x + r[2] * (reset * h) + b[2]);
            h = (1 - z) * h + z * candidate;
            expected.Add((float)h);
        }
        AssertClose([.. expected], RunScalar(RnnCell.Gru, w, r, b, [1, -2]), 1e-6);
    }

    [Fact]
    public void Two_steps_of_the_gru_with_reset_after_by_hand()
    {
        // Gates in the order z, r, h̃; the reset after the product, with a bias c of its own; z weights the old state.
        float[] w = [0.1f, -0.2f, 0.3f], r = [0.5f, 0.6f, -0.7f], b = [0.05f, -0.15f, 0.25f, 0.4f];
        double h = 0;
        var expected = new List<float>();
        foreach (double x in new[] { 1.0, -2.0 })
        {
            double z = Sigmoid(w[0] * x + r[0] * h + b[0]), reset = Sigmoid(w[1] * x + r[1] * h + b[1]);
            double candidate = Math.Tanh(w[2] * x + b[2] + reset * (r[2] * h + b[3]));
            h = (1 - z) * candidate + z * h;
            expected.Add((float)h);
        }
        AssertClose([.. expected], RunScalar(RnnCell.GruResetAfter, w, r, b, [1, -2]), 1e-6);
    }

    [Fact]
    public void The_gru_with_reset_after_is_libtorchs()
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 7));
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        using RecurrentStack stack = Stack(parameters, new RnnNetworkOptions { Cell = RnnCell.GruResetAfter, HiddenSize = 5, Bidirectional = false }, 4, 1);
        foreach (ref float number in parameters.All[2].Value.Span()) number = 0.3f;
        Tensor x = randn([7, 4], generator: random);
        var theirs = nn.GRU(4, 5, batchFirst: true);
        // libtorch's order is r, z, n.
        Tensor Reordered(Tensor gates) => cat([gates.narrow(0, 5, 5), gates.narrow(0, 0, 5), gates.narrow(0, 10, 5)]);
        using (no_grad())
        {
            theirs.get_parameter("weight_ih_l0")!.copy_(Reordered(parameters.All[0].Value[0]));
            theirs.get_parameter("weight_hh_l0")!.copy_(Reordered(parameters.All[1].Value[0]));
            theirs.get_parameter("bias_ih_l0")!.copy_(Reordered(parameters.All[2].Value[0].narrow(0, 0, 15)));
            theirs.get_parameter("bias_hh_l0")!.copy_(cat([zeros(10), parameters.All[2].Value[0].narrow(0, 15, 5)]));
            float[] expected = theirs.call(x.unsqueeze(0)).Item1.contiguous().Span().ToArray();
            AssertClose(expected, stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring).Span().ToArray(), 1e-6);
        }
    }

    [Fact]
    public void Two_steps_of_the_minimal_gru_by_hand()
    {
        float[] w = [0.1f, 0.3f], b = [0.05f, -0.25f];
        double h = 0;
        var expected = new List<float>();
        foreach (double x in new[] { 1.0, -2.0 })
        {
            double z = Sigmoid(w[0] * x + b[0]);
            h = (1 - z) * h + z * (w[1] * x + b[1]);
            expected.Add((float)h);
        }
        AssertClose([.. expected], RunScalar(RnnCell.MinGru, w, null, b, [1, -2]), 1e-6);
    }

    [Fact]
    public void One_step_of_the_elman_cell_with_every_activation_by_hand()
    {
        var phi = new Dictionary<RnnActivation, Func<double, double>> { [RnnActivation.Tanh] = Math.Tanh, [RnnActivation.Relu] = x => Math.Max(0, x), [RnnActivation.Logistic] = Sigmoid };
        foreach (RnnActivation activation in Enum.GetValues<RnnActivation>())
        {
            double first = phi[activation](0.5), second = phi[activation](1.5 - 2 * first);
            AssertClose([(float)first, (float)second], RunScalar(RnnCell.Elman, [0.5f], [-2], [0], [1, 3], activation), 1e-6);
        }
    }

    [Theory]
    [InlineData(RnnActivation.Relu)]
    [InlineData(RnnActivation.Logistic)]
    public void Every_activation_has_the_gradients_of_its_operators(RnnActivation activation)
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 9, 5, 1, 7));
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        using RecurrentStack stack = Stack(parameters, new RnnNetworkOptions { Cell = RnnCell.Elman, Activation = activation, HiddenSize = 19, Layers = 2, Dropout = 0 }, 6, 2);
        Tensor x = randn([batch.Count, 6], generator: random).requires_grad_(true), weights = randn([batch.Count, stack.OutputSize], generator: random);
        float[][] fast = GradientsOf(stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
        float[][] slow = GradientsOf(stack.ForwardWithOperators(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
        for (int i = 0; i < slow.Length; i++) AssertClose(slow[i], fast[i], 2e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Without_libtorchs_own_product_the_result_is_the_same(int threads)
    {
        using DisposeScope scope = NewDisposeScope();
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(2, 9, 4, 2, 6));
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        using var stack = Stack(parameters, new RnnNetworkOptions { HiddenSize = 19, Layers = 2 }, 5, threads);
        Tensor x = randn([batch.Count, 5], generator: random).requires_grad_(true), weights = randn([batch.Count, stack.OutputSize], generator: random);
        float[][] direct = GradientsOf(stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
        try
        {
            MatrixProduct.AvoidDirect = true;
            GradientsOf(stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
            float[][] indirect = GradientsOf(stack.Forward(new LayerInput(x, null), batch, ForwardMode.Scoring), weights, x, parameters);
            for (int i = 0; i < direct.Length; i++) AssertClose(direct[i], indirect[i], 1e-5);
        }
        finally
        {
            MatrixProduct.AvoidDirect = false;
        }
        Assert.Equal(OperatingSystem.IsLinux(), MatrixProduct.IsDirect);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
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

    private static RecurrentStack Stack(ParameterSet parameters, RnnNetworkOptions options, int inputs, int threads) =>
        new(parameters, options, RecurrentCells.Find(options)!, inputs, threads);

    private static float[] RunScalar(RnnCell cell, float[] weight, float[]? recurrent, float[] bias, float[] x, RnnActivation activation = RnnActivation.Tanh)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        using var buffers = new BufferPool();
        var layer = new RecurrentLayer(parameters, "layer", RecurrentCells.Find(new RnnNetworkOptions { Cell = cell, Activation = activation })!, inputs: 1, hidden: 1, directions: 1, threads: 1, buffers);
        foreach ((Parameter parameter, float[] values) in parameters.All.Zip(recurrent is null ? [weight, bias] : new[] { weight, recurrent, bias })) parameter.Restore(values);
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 5, x.Length));
        return layer.Forward(new LayerInput(tensor(x).view(-1, 1), null), batch).Span().ToArray();
    }

    /// <summary>The gradients of Σ weights·y: of x and of every parameter.</summary>
    private static float[][] GradientsOf(Tensor y, Tensor weights, Tensor x, ParameterSet parameters)
    {
        x.grad?.zero_();
        foreach (Parameter parameter in parameters.All) parameter.ClearGradient();
        (y * weights).sum().backward();
        return [x.grad!.Span().ToArray(), .. parameters.All.Select(parameter => parameter.Gradient!.Span().ToArray())];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
