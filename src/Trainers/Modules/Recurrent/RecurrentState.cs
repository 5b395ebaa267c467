using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The state of a recurrent layer between two steps, for the sorted rows of a batch.</summary>
/// <param name="Hidden">h, [D,B,H].</param>
/// <param name="Memory">C of a cell that has a memory, [D,B,H]; null for other cells.</param>
internal sealed record RecurrentState(Tensor Hidden, Tensor? Memory)
{
    /// <summary>Returns the state of the first rows.</summary>
    /// <param name="rows">The number of rows.</param>
    public RecurrentState First(int rows) => new(Hidden.narrow(1, 0, rows), Memory?.narrow(1, 0, rows));
}
