using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Tags;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Objectives;

/// <summary>
/// −log P(tags) of a conditional random field as one node of the autograd graph. One forward and one backward pass over the chain give the loss and its
/// gradient: expected minus observed counts. If only some steps have a tag, all sequences that agree with these tags count as observed
/// (Tsuboi et al., 2008).
/// </summary>
internal sealed class CrfLossFunction : autograd.SingleTensorFunction<CrfLossFunction>
{
    private const string GradientsKey = "gradients";
    private const int Arguments = 5;

    public override string Name => nameof(CrfLossFunction);

    /// <summary>Computes the loss.</summary>
    /// <param name="emissions">The scores of the tags of each step, [N,K].</param>
    /// <param name="transitions">The scores of each tag after each other one, [K+2,K].</param>
    /// <param name="labels">The true tags.</param>
    /// <param name="batch">The rows in packed order.</param>
    /// <param name="rules">The rules of spans; null if any tag may follow any other.</param>
    /// <returns>A scalar: the sum over all rows, each times its weight.</returns>
    public static Tensor Apply(Tensor emissions, Tensor transitions, StepLabels labels, PackedBatch batch, TagScheme? rules)
    {
        if (is_grad_enabled()) return apply(emissions.contiguous(), transitions.contiguous(), labels, batch, rules!);
        (double sum, Tensor gradient, _) = Compute(emissions, transitions, labels, batch, rules);
        gradient.Dispose();         // no backward pass follows, which would do so
        return tensor((float)sum);
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (emissions, transitions) = ((Tensor)vars[0], (Tensor)vars[1]);
        var (labels, batch, rules) = ((StepLabels)vars[2], (PackedBatch)vars[3], (TagScheme?)vars[4]);
        (double sum, Tensor emissionGradient, float[] transitionGradient) = Compute(emissions, transitions, labels, batch, rules);
        ctx.save_data(GradientsKey, (emissionGradient, transitionGradient));
        return tensor((float)sum);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => NativeCallback.Guard(Arguments, () =>
    {
        var (emissionGradient, transitionGradient) = ((Tensor, float[]))ctx.get_data(GradientsKey);
        int tags = (int)emissionGradient.shape[1];
        return [emissionGradient * grad_output, tensor(transitionGradient, [tags + 2, tags]) * grad_output, .. new Tensor[Arguments - 2]];
    });

    /// <summary>Computes the loss and its gradients. The gradient of the emissions belongs to the dispose scope of the step.</summary>
    private static (double Loss, Tensor EmissionGradient, float[] TransitionGradient) Compute(
        Tensor emissions, Tensor transitions, StepLabels labels, PackedBatch batch, TagScheme? rules)
    {
        var loss = new CrfLoss((int)emissions.shape[1], transitions.Span(), rules);
        double sum = 0;
        Tensor gradient = zeros(emissions.shape, ScalarType.Float32);                                           // [N,K]
        for (int b = 0; b < batch.Rows.Length; b++) sum += loss.Add(emissions.Span(), labels, batch, b, gradient.Span());
        return (sum, gradient, loss.TransitionGradient);
    }
}
