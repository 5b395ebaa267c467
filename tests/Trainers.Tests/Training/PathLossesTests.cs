using MlNetRnn.Kernels;
using MlNetRnn.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Training;

public class PathLossesTests
{
    [Fact]
    public void The_value_is_that_of_the_mean_and_the_gradient_that_of_each_path_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using var gradients = enable_grad();
        Tensor recurrent = tensor(new[] { 3f, -1f }).requires_grad_(true), linear = tensor(new[] { 1f, 5f }).requires_grad_(true);
        Tensor loss = PathLosses.Of(recurrent, linear, outputs => outputs.Squared());
        Assert.Equal([4, 4], loss.detach().data<float>().ToArray());            // ((3 + 1) / 2)², ((−1 + 5) / 2)²
        NativeCallback.Backward(loss.sum());
        Assert.Equal([3, -1], recurrent.grad!.data<float>().ToArray());         // half of 2x
        Assert.Equal([1, 5], linear.grad!.data<float>().ToArray());
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void The_linear_path_can_have_another_loss()
    {
        using DisposeScope scope = NewDisposeScope();
        using var gradients = enable_grad();
        Tensor recurrent = tensor(new[] { 3f }).requires_grad_(true), linear = tensor(new[] { 1f }).requires_grad_(true);
        NativeCallback.Backward(PathLosses.Of(recurrent, linear, outputs => outputs.Squared(), outputs => outputs.Times(10)).sum());
        Assert.Equal([3], recurrent.grad!.data<float>().ToArray());
        Assert.Equal([5], linear.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Without_a_linear_path_the_loss_is_that_of_the_network()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([9], PathLosses.Of(tensor(new[] { 3f }), null, outputs => outputs.Squared()).data<float>().ToArray());
    }
}
