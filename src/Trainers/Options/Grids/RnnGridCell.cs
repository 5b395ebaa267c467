namespace MlNetRnn;

/// <summary>Type of the cell of a network that reads grids. A cell has two predecessors, one in its row and one in its column.</summary>
public enum RnnGridCell
{
    /// <summary>Elman network with two recurrent weight matrices.</summary>
    Elman,

    /// <summary>
    /// Gated recurrent unit, as <see cref="RnnCell.Gru"/>: z weights the new state. Each predecessor has a reset gate of its own; the old state is a mean of
    /// both predecessors with learned weights.
    /// </summary>
    Gru,

    /// <summary>
    /// Long short-term memory with one forget gate per dimension (Graves et al., 2007). Its memory can grow along the diagonals of large grids.
    /// </summary>
    Lstm,

    /// <summary>
    /// Long short-term memory with one forget gate for a mean of the memories of both predecessors with learned weights, so that its memory cannot grow (the
    /// stable cell of Leifert et al., 2016).
    /// </summary>
    StableLstm,
}
