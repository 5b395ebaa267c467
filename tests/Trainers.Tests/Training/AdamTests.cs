using MlNetRnn.Modules;
using MlNetRnn.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Training;

public class AdamTests
{
    [Fact]
    public void Equals_Adam_of_libtorch()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter ours = parameters.Uniform("w", 1, 5, 7);
        Tensor theirs = ours.Value.detach().clone().requires_grad_(true);
        var adam = new Adam(parameters.All);
        var reference = optim.Adam([new TorchSharp.Modules.Parameter(theirs)], 0.01);
        foreach (int step in Enumerable.Range(1, 20))
        {
            ours.ClearGradient();
            reference.zero_grad();
            Tensor target = full([5, 7], step);
            (ours.Value - target).pow(2).sum().backward();
            foreach (var parameter in reference.parameters()) (parameter - target).pow(2).sum().backward();
            adam.Step(gradientScale: 1, learningRate: 0.01f);
            reference.step();
            float[] expected = reference.parameters().Single().data<float>().ToArray(), actual = ours.ToArray();
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }

    [Fact]
    public void Weight_decay_equals_that_of_libtorch_and_excludes_biases()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter weight = parameters.Uniform("w", 1, 5, 7), bias = parameters.Bias("b", 1, 4);
        Tensor theirs = weight.Value.detach().clone().requires_grad_(true);
        var adam = new Adam(parameters.All, weightDecay: 0.5f);
        var reference = optim.AdamW([new TorchSharp.Modules.Parameter(theirs)], 0.01, weight_decay: 0.5);
        for (int step = 0; step < 20; step++)
        {
            weight.ClearGradient();
            reference.zero_grad();
            weight.Value.pow(2).sum().backward();
            foreach (var parameter in reference.parameters()) parameter.pow(2).sum().backward();
            adam.Step(gradientScale: 1, learningRate: 0.01f);
            reference.step();
        }
        float[] expected = reference.parameters().Single().data<float>().ToArray(), actual = weight.ToArray();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
        // A bias with a gradient of 0 would shrink if it decayed.
        (bias.Value.sum() * 0).backward();
        adam.Step(gradientScale: 1, learningRate: 0.01f);
        Assert.All(bias.ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Only_the_touched_rows_of_a_table_change()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter table = parameters.NormalTable("table", 1, isFixed: false, 6, 3);
        float[] before = table.ToArray();
        var adam = new Adam(parameters.All);
        Tensor rows = table.Touch([1, 4]);
        (rows * tensor(new float[] { 1, -1 }).view(2, 1)).sum().backward();
        adam.Step(gradientScale: 1, learningRate: 0.1f);
        float[] after = table.ToArray();
        for (int i = 0; i < before.Length; i++)
        {
            // The first step of Adam has the size of the learning rate and the opposite sign of the gradient.
            float change = i / 3 == 1 ? -0.1f : i / 3 == 4 ? 0.1f : 0;
            Assert.Equal(before[i] + change, after[i], 1e-5);
        }
    }

    [Fact]
    public void The_gradient_norm_includes_all_parameters()
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter a = parameters.Bias("a", 1, 2), b = parameters.NormalTable("b", 1, isFixed: false, 3, 2);
        (a.Value.sum() * 3 + b.Touch([2]).sum() * 4).backward();
        Assert.Equal(Math.Sqrt(2 * 9 + 2 * 16), Gradients.Norm(parameters.All), 1e-5);
        Gradients.Clear(parameters.All);
        Assert.Equal(0, Gradients.Norm(parameters.All));
    }
}
