using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A recurrent cell, which computes the state of a step from the state of the preceding step. As in ONNX, the weights of a layer are W [D,G·H,I] (input), R
/// [D,G·H,H] (recurrence) and b [D,G·H], with D directions, G gates, hidden size H and input size I. A cell is one file that contains its kernel for the CPU,
/// the same computation in libtorch operators, and its export to ONNX. Tests verify that the three are equal.
/// </summary>
internal abstract class RecurrentCell
{
    /// <summary>G, the number of gates.</summary>
    public abstract int Gates { get; }

    /// <summary>Whether the cell has R.</summary>
    public virtual bool HasRecurrentWeights => true;

    /// <summary>Whether the state of the cell has a memory C beside h.</summary>
    public virtual bool HasMemory => false;

    /// <summary>Number of blocks of size H at the end of b that are added inside the recurrence rather than to W x.</summary>
    public virtual int RecurrentBiases => 0;

    /// <summary>Layout of the gates in the operator of ONNX.</summary>
    public abstract OnnxGates InOnnx { get; }

    /// <summary>Sets the initial bias of one direction, which is 0 by default.</summary>
    public virtual void InitializeBias(Span<float> bias, int hidden)
    {
    }

    /// <summary>Creates a run of the kernel over one batch in one direction. Called on the thread of the training loop; the run may use any thread.</summary>
    public abstract CellRun Begin(CellRunSetup setup);

    /// <summary>Computes one step with libtorch operators, as in the paper. Tests compare the kernel with it.</summary>
    /// <param name="projected">W x + b, [B,G·H].</param>
    /// <param name="weights">R and the recurrent bias.</param>
    /// <param name="state">h of the preceding step, [B,H], and the memory, [B,H], for cells that have one.</param>
    public abstract (Tensor Hidden, Tensor Memory) Step(Tensor projected, StepWeights weights, (Tensor Hidden, Tensor Memory) state);

    /// <summary>Adds a layer of this cell to a graph.</summary>
    public abstract ExportedStates Export(OnnxGraph graph, ExportedLayer layer);

    /// <summary>Exports a cell that is an operator of ONNX.</summary>
    protected ExportedStates ExportOperator(
        OnnxGraph graph, ExportedLayer layer, string operation, params (string Name, object Value)[] attributes)
    {
        string direction = layer.Directions == 2 ? "bidirectional" : "forward";
        var inputs = new List<string> { layer.Input, layer.Weight, layer.Recurrent, layer.Bias, layer.Lengths };
        if (layer.Initial is { } initial) inputs.Add(initial.Hidden);
        if (layer.Initial is { Memory: { } memory }) inputs.Add(memory);
        string[] results = graph.Node(operation, [.. inputs], (layer.Initial is not null || layer.KeepsMemory) && HasMemory ? 3 : 2,
            [("hidden_size", (long)layer.Hidden), ("direction", direction), .. attributes]);
        return new ExportedStates(results[0], results[1], results.Length > 2 ? results[2] : null);
    }
}

/// <summary>The weights of a step, other than those in W x + b.</summary>
/// <param name="Recurrent">R, [G·H,H]; null if the cell has no recurrent weights.</param>
/// <param name="RecurrentBias">The end of b, [blocks·H]; null if the cell has no recurrent bias.</param>
internal readonly record struct StepWeights(Tensor? Recurrent, Tensor? RecurrentBias);

/// <summary>A layer to be exported: names of values, and sizes.</summary>
/// <param name="Input">[T,B,I]</param>
/// <param name="Lengths">[B]</param>
/// <param name="Weight">W.</param>
/// <param name="Recurrent">R.</param>
/// <param name="Bias">Input and recurrent bias, [D,2·G·H].</param>
/// <param name="Directions">D.</param>
/// <param name="Hidden">H.</param>
/// <param name="Initial">The state before the first step, [D,B,H] each; null for the state 0.</param>
internal sealed record ExportedLayer(
    string Input, string Lengths, string Weight, string Recurrent, string Bias, int Directions, int Hidden, ExportedState? Initial = null)
{
    /// <summary>Whether the final memory is a result even without an initial state.</summary>
    public bool KeepsMemory { get; init; }
}

/// <summary>The results of an exported layer: names of values.</summary>
/// <param name="All">The states Y, [T,D,B,H].</param>
/// <param name="Final">The final states Y_h, [D,B,H].</param>
/// <param name="FinalMemory">The final memory Y_c, [D,B,H], for a cell that has one, if it is kept; null otherwise.</param>
internal sealed record ExportedStates(string All, string Final, string? FinalMemory);

/// <summary>The state of an exported layer: names of values, [D,B,H] each.</summary>
/// <param name="Hidden">h.</param>
/// <param name="Memory">C of a cell that has a memory; null for other cells.</param>
internal sealed record ExportedState(string Hidden, string? Memory);
