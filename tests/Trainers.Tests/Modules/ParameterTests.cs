using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

public class ParameterTests
{
    /// <summary>Compares with the gradient of the whole table.</summary>
    [Fact]
    public void Several_lookups_of_a_step_have_the_gradient_of_the_dense_table()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter table = parameters.NormalTable("words", 1, isFixed: false, 5, 2);
        int[][] lookups = [[1, 3], [2], [3, 4, 1]];
        Tensor dense = table.Value.clone().requires_grad_(true);
        Tensor Loss(Func<int[], Tensor> look) => lookups.Select((rows, i) => (look(rows) * (i + 1)).square().sum()).Aggregate((a, b) => a + b);

        for (int step = 0; step < 2; step++)
        {
            table.ClearGradient();
            Loss(table.Touch).backward();
            if (step == 0) Loss(rows => dense.index_select(0, tensor(rows, ScalarType.Int64))).backward();

            Assert.Equal([1, 3, 2, 4], table.TouchedRows!);
            float[] expected = dense.grad!.index_select(0, tensor(table.TouchedRows!, ScalarType.Int64)).data<float>().ToArray();
            Assert.Equal(expected, table.Gradient!.data<float>().ToArray());
        }
        table.ClearGradient();
        table.Touch([2]);
        Assert.Equal([2], table.TouchedRows!);
        Assert.Null(table.Gradient);
    }

    [Fact]
    public void A_module_can_occur_twice_in_two_scopes()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        _ = new Linear(parameters, "head", 2, 3);
        _ = new Linear(parameters.Within("decoder"), "head", 2, 3);
        _ = new Linear(parameters.Within("decoder").Within("attention"), "head", 2, 3);
        Assert.Equal(
            ["head.weight", "head.bias", "decoder.head.weight", "decoder.head.bias", "decoder.attention.head.weight", "decoder.attention.head.bias"],
            parameters.All.Select(parameter => parameter.Name));
        var e = Assert.Throws<InvalidOperationException>(() => new Linear(parameters.Within("decoder"), "head", 2, 3));
        Assert.Equal("Parameter 'decoder.head.weight': expected a name that occurs once, got it a second time. Add the module in a scope.", e.Message);
    }

    [Fact]
    public void Allows_any_number_of_lookups_without_gradients_and_in_a_fixed_table()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter table = parameters.NormalTable("words", 1, isFixed: false, 5, 2), frozen = parameters.NormalTable("frozen", 1, isFixed: true, 5, 2);
        table.Touch([1, 3]);
        using (no_grad())
            for (int i = 0; i < 2; i++) Assert.False(table.Touch([i]).requires_grad);
        Assert.Equal([1, 3], table.TouchedRows!);
        for (int i = 0; i < 2; i++) Assert.Equal(frozen.ToArray()[(2 * i)..(2 * i + 2)], frozen.Touch([i]).data<float>().ToArray());
        Assert.Null(frozen.Gradient);
    }
}
