using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Kernels;

public class NativeCallbackTests
{
    [Fact]
    public void An_exception_in_a_backward_pass_passes_through_native_code()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2).requires_grad_(true);
        var e = Assert.Throws<InvalidOperationException>(() => NativeCallback.Backward(Throwing.apply(x).sum()));
        Assert.Equal("from the backward pass", e.Message);
        // The exception does not affect the next backward pass.
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
