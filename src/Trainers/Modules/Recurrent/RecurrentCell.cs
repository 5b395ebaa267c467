using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A recurrent cell: how the state of one step follows from that of the step before. The weights of a layer are, as in ONNX,
/// W [D,G·H,I] (input), R [D,G·H,H] (recurrence) and b [D,G·H], with D directions, G gates, hidden size H and input size I.
/// A cell is one file: its kernel for the CPU, the same as libtorch operators, and its form in ONNX; tests hold the three equal.
/// </summary>
internal abstract class RecurrentCell
{
    /// <summary>G.</summary>
    public abstract int Gates { get; }

    /// <summary>Whether it has R.</summary>
    public virtual bool HasRecurrentWeights => true;

    /// <summary>Blocks of size H at the end of b that are added inside the recurrence, not to W x.</summary>
    public virtual int RecurrentBiases => 0;

    /// <summary>How the gates lie in ONNX's operator.</summary>
    public abstract OnnxGates InOnnx { get; }

    /// <summary>Sets the first values of the bias of one direction; 0 unless a cell knows better.</summary>
    public virtual void InitializeBias(Span<float> bias, int hidden)
    {
    }

    /// <summary>The kernel: a run over one batch in one direction. Made on the thread of the training loop, run on any.</summary>
    public abstract CellRun Begin(CellRunSetup setup);

    /// <summary>One step with libtorch operators, straight from the paper: the yardstick of the kernel in tests.</summary>
    /// <param name="projected">W x + b, [B,G·H].</param>
    /// <param name="weights">R and what b has besides.</param>
    /// <param name="state">h of the step before, [B,H], and for the cells that have one a second state, [B,H].</param>
    public abstract (Tensor Hidden, Tensor Memory) Step(Tensor projected, StepWeights weights, (Tensor Hidden, Tensor Memory) state);

    /// <summary>Adds a layer of this cell to a graph.</summary>
    /// <returns>The states Y [T,D,B,H] and the final states Y_h [D,B,H].</returns>
    public abstract (string States, string Final) Export(OnnxGraph graph, ExportedLayer layer);

    /// <summary>A cell that is one of ONNX's operators.</summary>
    protected static (string States, string Final) ExportOperator(OnnxGraph graph, ExportedLayer layer, string operation, params (string Name, object Value)[] attributes)
    {
        string direction = layer.Directions == 2 ? "bidirectional" : "forward";
        string[] results = graph.Node(operation, [layer.Input, layer.Weight, layer.Recurrent, layer.Bias, layer.Lengths], 2,
            [("hidden_size", (long)layer.Hidden), ("direction", direction), .. attributes]);
        return (results[0], results[1]);
    }
}

/// <summary>What a step needs besides W x + b.</summary>
/// <param name="Recurrent">R, [G·H,H]; null where the cell has none.</param>
/// <param name="RecurrentBias">The end of b, [blocks·H]; null where the cell has none.</param>
internal readonly record struct StepWeights(Tensor? Recurrent, Tensor? RecurrentBias);

/// <summary>A layer on its way into a graph: names of values, and sizes.</summary>
/// <param name="Input">[T,B,I]</param>
/// <param name="Lengths">[B]</param>
/// <param name="Weight">W</param>
/// <param name="Recurrent">R</param>
/// <param name="Bias">Input and recurrent bias, [D,2·G·H].</param>
/// <param name="Directions">D</param>
/// <param name="Hidden">H</param>
internal sealed record ExportedLayer(string Input, string Lengths, string Weight, string Recurrent, string Bias, int Directions, int Hidden);
