using MlNetRnn.Kernels;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>The loss of a network with two paths, each of which learns by itself (docs/architecture.md, "The wide path").</summary>
internal static class PathLosses
{
    /// <summary>
    /// Computes the loss: its value is that of the prediction, as in validation, and its gradient that of the mean of the losses of both paths.
    /// </summary>
    /// <param name="recurrent">The outputs of the recurrent path alone.</param>
    /// <param name="linear">The outputs of the linear path alone, of the same shape; null if there is none.</param>
    /// <param name="loss">Computes the loss of outputs.</param>
    /// <param name="linearLoss">Computes the loss of outputs of the linear path, if it differs.</param>
    public static Tensor Of(Tensor recurrent, Tensor? linear, Func<Tensor, Tensor> loss, Func<Tensor, Tensor>? linearLoss = null)
    {
        if (linear is null) return loss(recurrent);
        Tensor alone = loss(recurrent).Plus((linearLoss ?? loss)(linear)).DividedBy(2);
        using var noGradients = no_grad();
        Tensor difference = loss(recurrent.Plus(linear).DividedBy(2)) - alone;
        using var gradients = enable_grad();
        return alone.Plus(difference);
    }
}
