using MlNetRnn.Batching;
using MlNetRnn.Kernels;

namespace MlNetRnn.Modules;

/// <summary>The arguments of a run of a recurrent layer that are not tensors.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Batch">Layout of the tokens.</param>
/// <param name="Hidden">H.</param>
/// <param name="Places">Row of the input vectors for each token, [N]; null if each token has its own vector.</param>
/// <param name="KeepsMemory">Whether the memory after the last step of each row is a result, for a cell that has one.</param>
/// <param name="Threads">Number of threads that the layer may use.</param>
/// <param name="Flow">Receives the norms of the gradients in the forward direction; null if they are not reported.</param>
internal sealed record LayerCall(RecurrentCell Cell, PackedBatch Batch, int Hidden, int[]? Places, bool KeepsMemory, int Threads, GradientFlow? Flow)
{
    /// <summary>What is added to the gates of each step, for a layer with an initial state; null for nothing.</summary>
    public StepInput? Input { get; init; }
}
