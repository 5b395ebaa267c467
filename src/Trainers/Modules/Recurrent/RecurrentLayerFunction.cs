using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A whole recurrent layer, all directions, as one node of the autograd graph, over a packed batch: no padding is ever computed, the
/// backward direction of each row starts at its own last token, and the input projections of all steps are one matrix product.
/// The directions do not depend on each other and run on a thread each; the result does not depend on how many threads there are.
/// </summary>
internal sealed class RecurrentLayerFunction : autograd.SingleTensorFunction<RecurrentLayerFunction>
{
    private const string RunKey = "run";
    private const int Arguments = 11;

    public override string Name => nameof(RecurrentLayerFunction);

    /// <param name="input">Vectors [U,I] and where they stand.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="batch">How the tokens are packed.</param>
    /// <param name="threads">How many directions run at once.</param>
    /// <param name="pool">Working memory.</param>
    /// <param name="flow">Receives the norms of the gradients; null where nobody asks.</param>
    /// <returns>[N,D·H]</returns>
    public static Tensor Apply(LayerInput input, LayerWeights weights, RecurrentCell cell, PackedBatch batch, int threads, BufferPool pool, GradientFlow? flow)
    {
        BufferPool.Lease buffers = pool.Open();
        Tensor states = apply(input.Vectors.contiguous(), weights.Weight, weights.Recurrent!, weights.Bias, weights.Hidden, input.Places!, cell, batch, threads, buffers, flow!);
        // Without gradients there is no backward pass to give the buffers back.
        if (!states.requires_grad) buffers.Dispose();
        return states;
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var weights = new LayerWeights((Tensor)vars[1], (Tensor?)vars[2], (Tensor)vars[3], (int)vars[4]);
        var run = new LayerRun((RecurrentCell)vars[6], (PackedBatch)vars[7], (int)vars[8], (Tensor)vars[0], (int[]?)vars[5], weights, (BufferPool.Lease)vars[9]) { Flow = (GradientFlow?)vars[10] };
        ctx.save_data(RunKey, run);
        return run.Forward();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => NativeCallback.Guard(Arguments, () =>
    {
        var run = (LayerRun)ctx.get_data(RunKey);
        using Tensor stateGradient = grad_output.contiguous();              // [N,D·H]
        LayerGradients g = run.Backward(stateGradient);
        return [g.X, g.Weight, g.Recurrent!, g.Bias, .. new Tensor[Arguments - 4]];
    });
}
