using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A recurrent layer with all its directions as one node of the autograd graph, over a packed batch. Padding is never computed, the backward direction of each
/// row starts at its own last token, and the input projections of all steps are one matrix product. The directions are independent and run on one thread each;
/// the result does not depend on the number of threads.
/// </summary>
internal sealed class RecurrentLayerFunction : autograd.SingleTensorFunction<RecurrentLayerFunction>
{
    private const string RunKey = "run";
    private const int Arguments = 11;

    public override string Name => nameof(RecurrentLayerFunction);

    /// <param name="input">Vectors [U,I] and the tokens that they belong to.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="batch">Layout of the tokens.</param>
    /// <param name="threads">Number of directions that run in parallel.</param>
    /// <param name="pool">Working memory.</param>
    /// <param name="flow">Receives the norms of the gradients; null if they are not reported.</param>
    /// <returns>[N,D·H]</returns>
    public static Tensor Apply(
        LayerInput input, LayerWeights weights, RecurrentCell cell, PackedBatch batch, int threads, BufferPool pool, GradientFlow? flow)
    {
        BufferPool.Lease buffers = pool.Open();
        Tensor states = apply(
            input.Vectors.contiguous(), weights.Weight, weights.Recurrent!, weights.Bias, weights.Hidden, input.Places!, cell, batch, threads, buffers, flow!);
        // Without gradients, no backward pass returns the buffers.
        if (!states.requires_grad) buffers.Dispose();
        return states;
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var weights = new LayerWeights((Tensor)vars[1], (Tensor?)vars[2], (Tensor)vars[3], (int)vars[4]);
        var run = new LayerRun((RecurrentCell)vars[6], (PackedBatch)vars[7], (int)vars[8], (Tensor)vars[0], (int[]?)vars[5], weights, (BufferPool.Lease)vars[9])
        {
            Flow = (GradientFlow?)vars[10],
        };
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
