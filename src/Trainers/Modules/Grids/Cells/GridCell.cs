using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A recurrent cell of a grid, which computes its state from those of two predecessors, to the left and above (Graves et al., 2007). A layer has the weights W
/// [D,G·H,I] (input), R [D,2,G·H,H] (left, above) and b [D,G·H], with D directions, G gates, hidden size H and input size I. A cell is one file that contains
/// its kernel, the same computation in libtorch operators, and its export to ONNX. Tests verify that the three are equal.
/// </summary>
internal abstract class GridCell
{
    /// <summary>The number of predecessors: one for each dimension.</summary>
    public const int Dimensions = 2;

    /// <summary>G, the number of gates.</summary>
    public abstract int Gates { get; }

    /// <summary>Whether the state has a memory C beside h.</summary>
    public virtual bool HasMemory => false;

    /// <summary>The number of values, in units of H, that the forward pass keeps for the backward pass in addition to the gates.</summary>
    public virtual int Kept => 0;

    /// <summary>
    /// The number of gates at the beginning whose recurrent part is R times the state of a predecessor. The others have factors of their own, in
    /// <see cref="ForwardOpen"/>.
    /// </summary>
    public virtual int PlainGates => Gates;

    /// <summary>Sets the initial bias of one direction, which is 0 by default.</summary>
    public virtual void InitializeBias(Span<float> bias, int hidden)
    {
    }

    /// <summary>
    /// Computes what the products of the remaining gates need: for a cell with a reset gate, the states of the predecessors times their resets. Called only if
    /// there are such gates.
    /// </summary>
    /// <param name="rows">The cells of a step.</param>
    public virtual void ForwardOpen(GridRows rows) => throw new NotSupportedException();

    /// <summary>Computes the states of a step from the sums of the gates, and replaces the sums by what the backward pass needs.</summary>
    public abstract void Forward(GridRows rows);

    /// <summary>
    /// Computes the gradients of the sums of the gates, and adds the gradients of the predecessors that do not pass through R.
    /// </summary>
    public abstract void Backward(GridRows rows, GridGradients gradients);

    /// <summary>Passes the gradient of the factors of <see cref="ForwardOpen"/> on. Called only if there are such gates.</summary>
    public virtual void BackwardOpen(GridRows rows, GridGradients gradients) => throw new NotSupportedException();

    /// <summary>Adds the nodes of one step to the body of a scan.</summary>
    /// <param name="body">The body.</param>
    /// <param name="step">The values of the step.</param>
    /// <returns>The states h and, for a cell with a memory, C.</returns>
    public abstract (string Hidden, string? Memory) Export(OnnxGraph body, ExportedGridStep step);

    /// <summary>Computes one step with libtorch operators. Tests compare the kernel with it.</summary>
    /// <param name="projected">W x + b, [n,G·H].</param>
    /// <param name="recurrent">R, [2,G·H,H].</param>
    /// <param name="left">h and C to the left, [n,H] each.</param>
    /// <param name="above">h and C above, [n,H] each.</param>
    public abstract (Tensor Hidden, Tensor Memory) Step(
        Tensor projected, Tensor recurrent, (Tensor Hidden, Tensor Memory) left, (Tensor Hidden, Tensor Memory) above);
}

/// <summary>A step of an exported scan: names of values. The cells of a column of the skewed grid are its rows, H' of them, for each of B grids.</summary>
/// <param name="Projected">W x + b, [H',B,G·H].</param>
/// <param name="Weights">Rᵀ to the left and above, [H,G·H] each.</param>
/// <param name="Left">h to the left, [H',B,H].</param>
/// <param name="Above">h above, [H',B,H].</param>
/// <param name="MemoryLeft">C to the left, for a cell with a memory.</param>
/// <param name="MemoryAbove">C above, for a cell with a memory.</param>
/// <param name="Hidden">H.</param>
internal sealed record ExportedGridStep(
    string Projected, (string Left, string Above) Weights, string Left, string Above, string? MemoryLeft, string? MemoryAbove, int Hidden)
{
    /// <summary>Returns the sums of all gates, divided into parts of H: the projected inputs and both products.</summary>
    public string[] Gates(OnnxGraph body, int gates)
    {
        string recurrent = body.Node("Add", [body.Node("MatMul", [Left, Weights.Left]), body.Node("MatMul", [Above, Weights.Above])]);
        return Split(body, body.Node("Add", [Projected, recurrent]), gates);
    }

    /// <summary>Divides the last dimension of a value into parts of H.</summary>
    public string[] Split(OnnxGraph body, string value, int parts) => body.Node(
        "Split", [value, body.Constant([.. Enumerable.Repeat((long)Hidden, parts)], parts)], parts, ("axis", -1L));

    /// <summary>Returns share·first + (1 − share)·second.</summary>
    public static string Mix(OnnxGraph body, string share, string first, string second) =>
        body.Node("Add", [second, body.Node("Mul", [share, body.Node("Sub", [first, second])])]);
}

/// <summary>The values of the n cells of a step.</summary>
/// <param name="Gates">[n,G·H]</param>
/// <param name="States">h, [n,H].</param>
/// <param name="Left">h to the left, [n,H].</param>
/// <param name="Above">h above, [n,H].</param>
/// <param name="Memory">C, [n,H], for a cell with a memory.</param>
/// <param name="MemoryLeft">C to the left, [n,H].</param>
/// <param name="MemoryAbove">C above, [n,H].</param>
/// <param name="Kept">[n,Kept·H]</param>
internal readonly record struct GridRows(
    Matrix Gates, Matrix States, Matrix Left, Matrix Above, Matrix Memory, Matrix MemoryLeft, Matrix MemoryAbove, Matrix Kept)
{
    /// <summary>n.</summary>
    public int Count => Gates.Rows;

    /// <summary>H.</summary>
    public int Hidden => States.Columns;
}

/// <summary>
/// The gradients of the n cells of a step. The predecessor to the left of a cell is also the one above the next cell of the diagonal, so that the matrices
/// overlap: a kernel completes one row before it begins the next.
/// </summary>
/// <param name="Gates">∂L/∂ the sums of the gates, [n,G·H], which the cell writes.</param>
/// <param name="States">∂L/∂h, [n,H], complete.</param>
/// <param name="Left">∂L/∂h to the left, [n,H], to which the cell adds.</param>
/// <param name="Above">∂L/∂h above, [n,H], to which the cell adds.</param>
/// <param name="Memory">∂L/∂C of the following cells, [n,H], for a cell with a memory.</param>
/// <param name="MemoryLeft">∂L/∂C to the left, [n,H], to which the cell adds.</param>
/// <param name="MemoryAbove">∂L/∂C above, [n,H], to which the cell adds.</param>
/// <param name="Kept">∂L/∂ the kept values, [n,Kept·H].</param>
internal readonly record struct GridGradients(
    Matrix Gates, Matrix States, Matrix Left, Matrix Above, Matrix Memory, Matrix MemoryLeft, Matrix MemoryAbove, Matrix Kept);
