using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

public class ParameterTests
{
    [Fact]
    public void Throws_for_a_second_lookup_in_a_step_whose_first_gradient_would_be_lost()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter table = parameters.NormalTable("words", 1, isFixed: false, 5, 2);
        table.Touch([1, 3]);
        var e = Assert.Throws<InvalidOperationException>(() => table.Touch([2]));
        const string Expected = "Table 'words': expected one lookup between two calls of ClearGradient, got a second one. Look up all rows of a step together.";
        Assert.Equal(Expected, e.Message);
        Assert.Equal([1, 3], table.TouchedRows!);
        table.ClearGradient();
        table.Touch([2]);
        Assert.Equal([2], table.TouchedRows!);
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
