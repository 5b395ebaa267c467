using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

/// <summary>Compares each cell with a computation by hand from its equations.</summary>
public class CellTests
{
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
        // Gates in the order i, o, f, C̃; every weight has a different value, so that an exchange of two would be noticed.
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
    public void The_gru_with_reset_after_equals_that_of_libtorch()
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
        var phi = new Dictionary<RnnActivation, Func<double, double>>
        {
            [RnnActivation.Tanh] = Math.Tanh,
            [RnnActivation.Relu] = x => Math.Max(0, x),
            [RnnActivation.Sigmoid] = Sigmoid,
        };
        foreach (RnnActivation activation in Enum.GetValues<RnnActivation>())
        {
            double first = phi[activation](0.5), second = phi[activation](1.5 - 2 * first);
            AssertClose([(float)first, (float)second], RunScalar(RnnCell.Elman, [0.5f], [-2], [0], [1, 3], activation), 1e-6);
        }
    }

    private static float[] RunScalar(RnnCell cell, float[] weight, float[]? recurrent, float[] bias, float[] x, RnnActivation activation = RnnActivation.Tanh)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(3);
        using var parameters = new ParameterSet(random);
        using var buffers = new BufferPool();
        RecurrentCell recurrentCell = RecurrentCells.Find(new RnnNetworkOptions { Cell = cell, Activation = activation })!;
        var layer = new RecurrentLayer(parameters, "layer", recurrentCell, new LayerSize(1, 1, 1), weightDropout: 0, threads: 1, buffers);
        float[][] initial = recurrent is null ? [weight, bias] : [weight, recurrent, bias];
        foreach ((Parameter parameter, float[] values) in parameters.All.Zip(initial)) parameter.Restore(values);
        PackedBatch batch = TestBatch.Packed(TestBatch.Random(1, 5, x.Length));
        return layer.Forward(new LayerInput(tensor(x).view(-1, 1), null), batch, ForwardMode.Scoring).Span().ToArray();
    }

    private static RecurrentStack Stack(ParameterSet parameters, RnnNetworkOptions options, int inputs, int threads) =>
        new(parameters, options, RecurrentCells.Find(options)!, inputs, threads);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
