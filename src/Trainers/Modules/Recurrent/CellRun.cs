using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Modules;

/// <summary>The numbers that a cell works on in one direction. N tokens, G gates, hidden size H.</summary>
/// <param name="Gates">[N,G·H]: W x + b on entry of the forward run; a cell keeps there what its backward run needs.</param>
/// <param name="States">[N,H]: the states h, filled by the forward run.</param>
/// <param name="Recurrent">[G·H,H]: R; nothing where the cell has none.</param>
/// <param name="RecurrentBias">[1,blocks·H]: the end of b that is added inside the recurrence; nothing where the cell has none.</param>
/// <param name="Rows">The rows of the first step: no step has more.</param>
/// <param name="Buffers">Working memory; it lasts until the backward run is over.</param>
internal sealed record CellRunSetup(Matrix Gates, Matrix States, Matrix Recurrent, Matrix RecurrentBias, int Rows, BufferPool.Lease Buffers);

/// <summary>
/// One step of a run. Its rows are <paramref name="Start"/>..+<paramref name="Count"/>; the first <paramref name="Carried"/> of them
/// go on from the rows at <paramref name="Previous"/>, the others begin here with the state 0.
/// </summary>
internal readonly record struct RunStep(int Start, int Count, int Previous, int Carried);

/// <summary>A cell at work on one batch in one direction. Buffers are rented in the constructor or in <see cref="BeginBackward"/>.</summary>
internal abstract unsafe class CellRun(CellRunSetup setup)
{
    protected Matrix Gates => setup.Gates;

    protected Matrix States => setup.States;

    protected Matrix Recurrent => setup.Recurrent;

    protected int Hidden => setup.States.Columns;

    public abstract void Forward(RunStep step);

    /// <summary>What a backward run needs besides: called once before it, on the thread of the training loop.</summary>
    public virtual void BeginBackward()
    {
    }

    /// <summary>One step of the backward run, in the opposite order of the forward one.</summary>
    /// <param name="step">The step.</param>
    /// <param name="stateGradient">[N,H]: ∂L/∂h as it comes from above.</param>
    /// <param name="carriedGradient">[B,H]: on entry ∂L/∂h as it comes from the step after; on exit, for the carried rows, that for the step before.</param>
    /// <param name="gateGradient">[N,G·H]: receives ∂L/∂(W x + b).</param>
    public abstract void Backward(RunStep step, Matrix stateGradient, Matrix carriedGradient, Matrix gateGradient);

    /// <summary>∂L/∂R after the backward run.</summary>
    /// <param name="gateGradient">[N,G·H]</param>
    /// <param name="previousStates">[N,H]: the state that each token's step began with.</param>
    /// <param name="gradient">[G·H,H]: receives the result.</param>
    public virtual void RecurrentGradient(Matrix gateGradient, Matrix previousStates, Matrix gradient) =>
        MatrixProduct.Compute(gradient, 0, gateGradient, previousStates, transposeA: true);

    /// <summary>∂L/∂(the end of b) after the backward run, added to what is there.</summary>
    public virtual void AddRecurrentBiasGradient(Span<float> gradient)
    {
    }

    /// <summary>The state that a row of a step begins with; null for 0.</summary>
    protected float* Before(RunStep step, int b) => b < step.Carried ? States.Row(step.Previous + b) : null;

    protected static Vector512<float> LoadOrZero(float* from, int j, int n) => from is null ? Vector512<float>.Zero : Simd.Load(from + j, n);
}
