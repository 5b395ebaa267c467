using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A layer over grids as one node of the autograd graph.</summary>
internal sealed class GridLayerFunction : autograd.MultiTensorFunction<GridLayerFunction>
{
    private const string RunKey = "run";
    private const int Arguments = 6;

    public override string Name => nameof(GridLayerFunction);

    /// <param name="x">[N,I]</param>
    /// <param name="weight">W, [D,G·H,I].</param>
    /// <param name="recurrent">R, [D,2,G·H,H].</param>
    /// <param name="bias">b, [D,G·H].</param>
    /// <param name="call">The other arguments.</param>
    /// <param name="pool">Working memory.</param>
    /// <returns>[N,D·H]</returns>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor recurrent, Tensor bias, GridLayerCall call, BufferPool pool)
    {
        BufferPool.Lease buffers = pool.Open();
        Tensor states = apply(x.contiguous(), weight, recurrent, bias, call, buffers)[0];
        // Without gradients, no backward pass returns the buffers.
        if (!states.requires_grad) buffers.Dispose();
        return states;
    }

    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var run = new GridLayerRun((GridLayerCall)vars[4], (Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (Tensor)vars[3], (BufferPool.Lease)vars[5]);
        ctx.save_data(RunKey, run);
        return [run.Forward()];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        var run = (GridLayerRun)ctx.get_data(RunKey);
        return NativeCallback.Guard(Arguments, () =>
        {
            using Tensor stateGradient = grad_outputs[0].contiguous();                                  // [N,D·H]
            (Tensor x, Tensor weight, Tensor recurrent, Tensor bias) = run.Backward(stateGradient);
            return [x, weight, recurrent, bias, null!, null!];
        });
    }
}
