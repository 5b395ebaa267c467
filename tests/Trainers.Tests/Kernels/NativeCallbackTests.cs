using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Modules;

public class NativeCallbackTests
{
    [Fact]
    public void What_a_backward_pass_throws_arrives_behind_native_code()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2).requires_grad_(true);
        var e = Assert.Throws<InvalidOperationException>(() => NativeCallback.Backward(Throwing.apply(x).sum()));
        Assert.Equal("from the backward pass", e.Message);
        // The next one is not troubled by it.
        NativeCallback.Backward((x * 2).sum());
        Assert.Equal([2f, 2f], x.grad!.data<float>().ToArray());
    }

    private sealed class Throwing : autograd.SingleTensorFunction<Throwing>
    {
        public override string Name => nameof(Throwing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            NativeCallback.Guard(1, () => throw new InvalidOperationException("from the backward pass"));
    }
}
