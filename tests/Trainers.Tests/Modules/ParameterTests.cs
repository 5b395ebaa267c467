using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

public class ParameterTests
{
    [Fact]
    public void A_second_lookup_in_a_step_is_refused_because_the_gradient_of_the_first_would_be_lost()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter table = parameters.NormalTable("words", 1, isFixed: false, 5, 2);
        table.Touch([1, 3]);
        var e = Assert.Throws<InvalidOperationException>(() => table.Touch([2]));
        Assert.Equal("Table 'words': expected one lookup between two calls of ClearGradient, got a second one. Look all rows of a step up together.", e.Message);
        Assert.Equal([1, 3], table.TouchedRows!);
        table.ClearGradient();
        table.Touch([2]);
        Assert.Equal([2], table.TouchedRows!);
    }

    [Fact]
    public void Without_gradients_and_in_a_table_that_stays_as_it_is_lookups_are_free()
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
