namespace MlNetRnn.Modules;

/// <summary>The one door to the cells: a further cell is one file and one line here.</summary>
internal static class RecurrentCells
{
    private static readonly Dictionary<RnnCell, RecurrentCell> ByName = new()
    {
        [RnnCell.Lstm] = new LstmCell(),
        [RnnCell.Gru] = new GruCell(),
        [RnnCell.Elman] = new ElmanCell(),
    };

    public static RecurrentCell Get(RnnCell cell) => ByName[cell];
}
