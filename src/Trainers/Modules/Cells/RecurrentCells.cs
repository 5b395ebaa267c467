namespace MlNetRnn.Modules;

/// <summary>Maps <see cref="RnnCell"/> values to cells. An additional cell needs a class and one line here.</summary>
internal static class RecurrentCells
{
    private static readonly Dictionary<RnnCell, Func<RnnEncoderOptions, RecurrentCell?>> ByName = new()
    {
        [RnnCell.Lstm] = _ => new LstmCell(),
        [RnnCell.Gru] = _ => new GruCell(),
        [RnnCell.GruResetAfter] = _ => new GruResetAfterCell(),
        [RnnCell.Elman] = options => ElmanActivations.CellOf(options.Activation),
        [RnnCell.MinGru] = _ => new MinGruCell(),
        [RnnCell.None] = _ => null,
    };

    /// <summary>Returns the cell; null for a network without recurrence.</summary>
    public static RecurrentCell? Find(RnnEncoderOptions options) => ByName[options.Cell](options);
}
