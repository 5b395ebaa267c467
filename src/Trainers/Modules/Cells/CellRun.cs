using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Modules;

/// <summary>The matrices of a cell in one direction, with N tokens, G gates and hidden size H.</summary>
/// <param name="Initial">
/// The number of rows at the beginning of all matrices that are not tokens, but hold the state before the first step: 0, or B. N includes them.
/// </param>
/// <param name="Gates">[N,G·H]: W x + b at the start of the forward run. The cell stores here the values that its backward run needs.</param>
/// <param name="States">[N,H]: the states h, which the forward run writes.</param>
/// <param name="Recurrent">[G·H,H]: R; empty if the cell has no recurrent weights.</param>
/// <param name="RecurrentBias">[1,blocks·H]: the end of b, which is added inside the recurrence; empty if the cell has no such bias.</param>
/// <param name="Rows">Number of rows in the first step, which is the maximum of all steps.</param>
/// <param name="Buffers">Working memory, available until the end of the backward run.</param>
internal sealed record CellRunSetup(int Initial, Matrix Gates, Matrix States, Matrix Recurrent, Matrix RecurrentBias, int Rows, BufferPool.Lease Buffers);

/// <summary>
/// One step of some rows of a run: those of one thread. Their tokens are <paramref name="Start"/>..+<paramref name="Count"/>. The first
/// <paramref name="Carried"/> of them continue the tokens at <paramref name="Previous"/>; the others start here with the state 0.
/// </summary>
/// <param name="First">The number of the first of the rows among those of the batch, for matrices with one row for each of them, [B,…].</param>
/// <param name="Start">The first token of the step.</param>
/// <param name="Count">The number of tokens.</param>
/// <param name="Previous">The first token of the preceding step.</param>
/// <param name="Carried">The number of rows that continue.</param>
internal readonly record struct RunStep(int First, int Start, int Count, int Previous, int Carried);

/// <summary>
/// A run of a cell over one batch in one direction. Buffers are rented in the constructor or in <see cref="BeginBackward"/>. Several threads run the steps of
/// different rows at once.
/// </summary>
internal abstract unsafe class CellRun(CellRunSetup setup)
{
    protected Matrix Gates => setup.Gates;

    protected Matrix States => setup.States;

    protected Matrix Recurrent => setup.Recurrent;

    protected int Hidden => setup.States.Columns;

    /// <summary>C, [N,H], for a cell with a memory; null for other cells.</summary>
    public virtual Matrix? Memory => null;

    /// <summary>∂L/∂C from the following step, [B,H], for a cell with a memory. Valid after <see cref="BeginBackward"/>.</summary>
    public virtual Matrix MemoryGradient => default;

    public abstract void Forward(RunStep step);

    /// <summary>Prepares the backward run. Called once before it, on the thread of the training loop.</summary>
    public virtual void BeginBackward()
    {
    }

    /// <summary>Runs one step backward, in the opposite order of the forward run.</summary>
    /// <param name="step">The step.</param>
    /// <param name="stateGradient">[N,H]: ∂L/∂h from the layer above.</param>
    /// <param name="carriedGradient">
    /// [b,H], of the rows of the step: on entry ∂L/∂h from the following step; on exit, for the carried rows, ∂L/∂h for the preceding step.
    /// </param>
    /// <param name="gateGradient">[N,G·H]: receives ∂L/∂(W x + b).</param>
    public abstract void Backward(RunStep step, Matrix stateGradient, Matrix carriedGradient, Matrix gateGradient);

    /// <summary>Computes a part of ∂L/∂R after the backward run: that of some units of each gate.</summary>
    /// <param name="gateGradient">[n,G·H], of the n tokens only.</param>
    /// <param name="previousStates">[n,H]: the state before the step of each token.</param>
    /// <param name="gradient">[G·H,H]: receives the result.</param>
    /// <param name="first">The first unit, below H.</param>
    /// <param name="count">The number of units.</param>
    public void RecurrentGradient(Matrix gateGradient, Matrix previousStates, Matrix gradient, int first, int count)
    {
        for (int gate = 0; gate < gradient.Rows / Hidden; gate++)
        {
            (Matrix ofGate, Matrix factor) = RecurrentFactors(gate, gateGradient, previousStates);
            MatrixProduct.Compute(gradient.Slice(gate * Hidden + first, count), 0, ofGate.SliceColumns(first, count), factor, transposeA: true);
        }
    }

    /// <summary>Returns the two matrices whose product is ∂L/∂R of a gate: the gradient of its R·f, [n,H], and f, [n,H].</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="gateGradient">[n,G·H], of the n tokens only.</param>
    /// <param name="previousStates">[n,H]: the state before the step of each token.</param>
    protected virtual (Matrix Gradient, Matrix Factor) RecurrentFactors(int gate, Matrix gateGradient, Matrix previousStates) =>
        (gateGradient.SliceColumns(gate * Hidden, Hidden), previousStates);

    /// <summary>Adds the gradient of the recurrent bias (the end of b) after the backward run.</summary>
    public virtual void AddRecurrentBiasGradient(Span<float> gradient)
    {
    }

    /// <summary>Prepares weights for a product in every backward step. Called in <see cref="BeginBackward"/>.</summary>
    protected PackedOperand Pack(Matrix weights) => MatrixProduct.Pack(weights, setup.Buffers);

    /// <summary>Prepares the transpose of some gates of R for a product in every forward step. Called in the constructor.</summary>
    protected static PackedOperand PackTransposed(CellRunSetup setup, int gate, int gates)
    {
        int hidden = setup.States.Columns;
        return MatrixProduct.Pack(setup.Recurrent.Slice(gate * hidden, gates * hidden), setup.Buffers, transpose: true);
    }

    /// <summary>Returns the initial state of a row of a step; null for 0.</summary>
    protected float* Before(RunStep step, int b) => b < step.Carried ? States.Row(step.Previous + b) : null;

    /// <summary>Returns the rows of a matrix of this run that are tokens.</summary>
    protected Matrix TokensOf(Matrix matrix) => matrix.Slice(setup.Initial, matrix.Rows - setup.Initial);

    protected static Vector512<float> LoadOrZero(float* from, int j, int n) => from is null ? Vector512<float>.Zero : Simd.Load(from + j, n);
}
