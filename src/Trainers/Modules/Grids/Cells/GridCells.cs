namespace MlNetRnn.Modules;

/// <summary>Maps <see cref="RnnGridCell"/> values to cells. An additional cell needs a class and one line here.</summary>
internal static class GridCells
{
    private static readonly Dictionary<RnnGridCell, (Func<GridCell> Create, RnnCell? OfSequences)> ByName = new()
    {
        [RnnGridCell.Elman] = (() => new GridElmanCell(), RnnCell.Elman),
        [RnnGridCell.Gru] = (() => new GridGruCell(), RnnCell.Gru),
        [RnnGridCell.Lstm] = (() => new GridLstmCell(), RnnCell.Lstm),
        [RnnGridCell.StableLstm] = (() => new GridStableLstmCell(), null),
    };

    /// <summary>Creates a cell.</summary>
    public static GridCell Create(RnnGridCell cell) => ByName[cell].Create();

    /// <summary>Returns the cell of sequences with the same name, which a ReNet uses.</summary>
    /// <exception cref="NotSupportedException">There is none. The options refuse such a ReNet.</exception>
    public static RnnCell OfSequences(RnnGridCell cell) => ByName[cell].OfSequences ?? throw new NotSupportedException($"{cell} in a ReNet");
}
