using MlNetRnn.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A recurrent layer with all its directions as one node of the autograd graph, over a packed batch. Padding is never computed, the backward direction of each
/// row starts at its own last token, and the input projections of all steps are one matrix product. Two directions run on one thread each, the rows of a single
/// direction on several. With two directions or the managed matrix product, the result does not depend on the number of threads.
/// </summary>
internal sealed class RecurrentLayerFunction : autograd.MultiTensorFunction<RecurrentLayerFunction>
{
    private const string RunKey = "run";
    private const int Arguments = 8;

    public override string Name => nameof(RecurrentLayerFunction);

    /// <param name="vectors">The input vectors, [U,I].</param>
    /// <param name="weights">The weights.</param>
    /// <param name="initial">The state before the first step, for a forward layer; null for the state 0.</param>
    /// <param name="call">The other arguments.</param>
    /// <param name="pool">Working memory.</param>
    /// <returns>
    /// The states [N,D·H]; the memory after the last step of each row, [D,B,H], null if it is not kept; the additional result of the step input, null for none.
    /// </returns>
    public static (Tensor States, Tensor? FinalMemory, Tensor? Output) Apply(
        Tensor vectors, LayerWeights weights, RecurrentState? initial, LayerCall call, BufferPool pool)
    {
        BufferPool.Lease buffers = pool.Open();
        (Tensor? hidden, Tensor? memory) = (initial?.Hidden.contiguous(), initial?.Memory?.contiguous());
        object[] arguments = [vectors.contiguous(), weights.Weight, weights.Recurrent!, weights.Bias, hidden!, memory!, call, buffers];
        List<Tensor> results = apply([.. arguments, .. call.Input?.Arguments.Select(argument => argument.contiguous()) ?? []]);
        // Without gradients, no backward pass returns the buffers.
        if (!results[0].requires_grad) buffers.Dispose();
        bool hasMemory = call.KeepsMemory && call.Cell.HasMemory;
        return (results[0], hasMemory ? results[1] : null, results.Count > (hasMemory ? 2 : 1) ? results[^1] : null);
    }

    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var weights = new LayerWeights((Tensor)vars[1], (Tensor?)vars[2], (Tensor)vars[3]);
        RecurrentState? initial = vars[4] is Tensor hidden ? new RecurrentState(hidden, (Tensor?)vars[5]) : null;
        Tensor[] input = [.. vars[Arguments..].Cast<Tensor>()];
        var run = new LayerRun((LayerCall)vars[6], (Tensor)vars[0], weights, initial, (BufferPool.Lease)vars[7], input);
        ctx.save_data(RunKey, run);
        (Tensor states, Tensor? memory) = run.Forward();
        return [.. new[] { states, memory, run.Output }.OfType<Tensor>()];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        var run = (LayerRun)ctx.get_data(RunKey);
        return NativeCallback.Guard(Arguments + run.InputArguments, () =>
        {
            int outputs = run.Output is null ? 0 : 1;
            using Tensor stateGradient = grad_outputs[0].contiguous();                                                          // [N,D·H]
            using Tensor? memoryGradient = grad_outputs.Count > 1 + outputs ? grad_outputs[1].contiguous() : null;              // [D,B,H]
            using Tensor? outputGradient = outputs > 0 ? grad_outputs[^1].contiguous() : null;                                  // [N,R]
            LayerGradients g = run.Backward(stateGradient, memoryGradient, outputGradient);
            return [g.X, g.Weight, g.Recurrent!, g.Bias, g.InitialHidden!, g.InitialMemory!, null!, null!, .. g.Input.Select(gradient => gradient!)];
        });
    }
}
