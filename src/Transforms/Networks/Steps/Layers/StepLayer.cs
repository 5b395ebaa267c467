using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>A layer in one step. Immutable, and therefore thread-safe: the states belong to the caller.</summary>
internal abstract class StepLayer(int hidden)
{
    /// <summary>H.</summary>
    public int Hidden => hidden;

    /// <summary>The length of a row of states: H, rounded up to whole registers.</summary>
    public int Width { get; } = GateRows.WidthOf(hidden);

    /// <summary>The number of numbers of the memory that a row has in addition to its hidden state; 0 for none.</summary>
    public virtual int MemorySize => 0;

    /// <summary>The length of a row of the memory: its size, rounded up to whole registers.</summary>
    public virtual int MemoryWidth => GateRows.WidthOf(MemorySize);

    /// <summary>The length of a row of the working memory of <see cref="Advance"/>.</summary>
    public virtual int Scratch => 0;

    /// <summary>The number of bytes of weights that a step reads.</summary>
    public abstract long Bytes { get; }

    /// <summary>Computes the states of the next step.</summary>
    public abstract void Advance(StepRows rows);

    /// <summary>Creates the layer, and the map from its inputs to its gates.</summary>
    public static (StepLayer Layer, AffineMap Input) Create(StepLayerDescription layer) => layer.Cell switch
    {
        StepCell.Lstm => (new LstmStepLayer(layer), Input(layer, [0, 1, 2, 3], [0, 1, 2, 3])),
        StepCell.Gru => (new GruStepLayer(layer), Input(layer, [0, 1, 2], [0, 1, 2])),
        // The recurrent bias of the candidate is added inside the recurrence, because the reset gate scales it.
        StepCell.GruResetAfter => (new GruResetAfterStepLayer(layer), Input(layer, [0, 1, 2], [0, 1])),
        StepCell.MinimalGru => (new MinimalGruStepLayer(layer), Input(layer, [0, 2], [0, 2])),
        StepCell.Elman => (new ElmanStepLayer(layer), Input(layer, [0], [0])),
        StepCell.Window => (new WindowStepLayer(layer), Input(layer, [.. Enumerable.Range(0, layer.Weight.Rows / layer.Hidden)], [])),
        StepCell.FeedForward => (new FeedForwardStepLayer(layer), Input(layer, [0], [])),
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Cell, "Recurrent layer: expected a known cell."),
    };

    /// <param name="layer">The layer.</param>
    /// <param name="gates">The gates that are computed.</param>
    /// <param name="withRecurrentBias">The gates to which the recurrent bias is added, too.</param>
    private static AffineMap Input(StepLayerDescription layer, ReadOnlySpan<int> gates, ReadOnlySpan<int> withRecurrentBias)
    {
        float[] bias = [.. layer.Bias.AsSpan(0, layer.Weight.Rows)];
        foreach (int gate in withRecurrentBias)
            for (int j = gate * layer.Hidden; j < (gate + 1) * layer.Hidden; j++) bias[j] += layer.Bias[layer.Weight.Rows + j];
        return new AffineMap(GateRows.Pack(layer.Weight, layer.Hidden, gates), GateRows.Select(bias, layer.Hidden, 1, gates));
    }
}
