using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// What a forward layer with an initial state adds to the gates of each step, computed from the states before the step: attention inside the state update, or
/// input feeding.
/// </summary>
internal abstract class StepInput
{
    /// <summary>The tensors that it depends on, which receive gradients.</summary>
    public abstract Tensor[] Arguments { get; }

    /// <summary>Creates a run over a batch. Called on the thread of the training loop.</summary>
    /// <param name="arguments">The arguments, without their autograd graph.</param>
    /// <param name="batch">Layout of the tokens.</param>
    /// <param name="gates">G·H, the number of columns of the gates.</param>
    /// <param name="buffers">Working memory, available until the end of the backward run.</param>
    public abstract StepInputRun Begin(Tensor[] arguments, PackedBatch batch, int gates, BufferPool.Lease buffers);

    /// <summary>Computes the same for one step with libtorch operators, for other devices and as a reference in tests.</summary>
    /// <param name="states">The states before the step, [b,H], of the first b rows.</param>
    /// <param name="gates">G·H.</param>
    /// <returns>What is added to the gates, [b,G·H], and a part of the additional result, [b,R]; null if there is none.</returns>
    public abstract (Tensor Gates, Tensor? Output) Step(Tensor states, int gates);
}

/// <summary>A run of a <see cref="StepInput"/> over one batch. Several threads run the steps of different rows at once.</summary>
internal abstract class StepInputRun
{
    /// <summary>An additional result of the layer, one row per token, [N,R], with a gradient; null for none.</summary>
    public virtual Tensor? Output => null;

    /// <summary>Adds to the gates of a step.</summary>
    /// <param name="step">The step, whose rows have numbers from <see cref="RunStep.First"/>.</param>
    /// <param name="token">The number of the first token of the step among those of the batch.</param>
    /// <param name="before">The states before the step, [b,H].</param>
    /// <param name="gates">The gates of the step, [b,G·H].</param>
    public abstract void Forward(RunStep step, int token, Matrix before, Matrix gates);

    /// <summary>Prepares the backward run. Called once before it, on the thread of the training loop.</summary>
    /// <param name="outputGradient">∂L/∂output, [N,R]; null if there is no additional result.</param>
    public abstract void BeginBackward(Tensor? outputGradient);

    /// <summary>Runs one step backward, in the opposite order of the forward run.</summary>
    /// <param name="step">The step.</param>
    /// <param name="token">The number of the first token of the step among those of the batch.</param>
    /// <param name="before">The states before the step, [b,H].</param>
    /// <param name="gateGradient">∂L/∂gates of the step, [b,G·H].</param>
    /// <param name="carriedGradient">∂L/∂h of the step before, [b,H], to which the run adds.</param>
    public abstract void Backward(RunStep step, int token, Matrix before, Matrix gateGradient, Matrix carriedGradient);

    /// <summary>Returns the gradients of the arguments after the backward run.</summary>
    /// <param name="before">The state before the step of each token, [N,H].</param>
    /// <param name="gateGradient">∂L/∂gates of all tokens, [N,G·H].</param>
    public abstract Tensor?[] EndBackward(Matrix before, Matrix gateGradient);
}
