namespace MlNetRnn.Samples;

/// <summary>The names of cells on the command line.</summary>
public static class CellNames
{
    private static readonly Dictionary<string, RnnCell> Cells = new()
    {
        ["lstm"] = RnnCell.Lstm,
        ["gru"] = RnnCell.Gru,
        ["gru-reset-after"] = RnnCell.GruResetAfter,
        ["elman"] = RnnCell.Elman,
        ["mingru"] = RnnCell.MinGru,
        ["none"] = RnnCell.None,
    };

    /// <summary>All cells, and none.</summary>
    public static IEnumerable<string> All => Cells.Keys;

    /// <summary>The cells with recurrence.</summary>
    public static IEnumerable<string> Recurrent => Cells.Keys.Where(name => Of(name) != RnnCell.None);

    /// <summary>Returns the cell of a name.</summary>
    public static RnnCell Of(string name) => Cells[name];
}
