using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Modules;
using MlNetRnn.Sequences;

namespace MlNetRnn.Contracts;

/// <summary>
/// The common part of the contracts for grids: 5 × 4 cells with a row, a column or a diagonal of large numbers, and grids that are hard to read.
/// </summary>
public abstract class GridContract : TrainerContract
{
    internal const int Height = 5, Width = 4;

    protected override string Score => "Score";

    internal static RnnGridNetworkOptions TinyNetwork { get; } = new() { HiddenSize = 5, Dropout = 0.1f, Subsampling = 1 };

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.CopyColumns("Same", "Id");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml)
    {
        yield return (ml.DropColumn(Model.Prepared, "Pixels"), ["input column 'Pixels'", "Vector<Single> with a grid"], true);
        yield return (ml.CopyColumn(Model.Prepared, "Pixels", "Id"), ["input column 'Pixels'", "Vector<Single> with a grid", "Single"], true);
    }

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new float[][]
    {
        [], [1, 2, 3, 4], [0, 0, 0, 0], [.. Enumerable.Repeat(float.NaN, 20)], [float.PositiveInfinity, float.NegativeInfinity, 0, 1],
        [1e30f, -1e30f, 1e-30f, 0], [float.NaN, 1, 2, 3, 4, 5, 6, 7], [.. Enumerable.Repeat(50f, 12)],
        [.. Enumerable.Range(0, Width * 200).Select(i => 50f + i % 7)], [.. Enumerable.Range(0, Width * 200).Select(i => 50f + i % 5)],
    }.Select(pixels => new GridRow { Pixels = pixels }));

    private protected static InputLayer Input(ParameterSet parameters) => new FrameInput(parameters, [1], [2], [10]);

    /// <summary>Creates two grids, one of 3 × 3 cells with a missing value, one of 2 × 1 cells.</summary>
    private protected static SequenceStore TwoGrids()
    {
        var sequences = new SequenceStore(frameSize: 1);
        foreach (float number in new[] { 1, 5, 2, 2, float.NaN, 1, 7, 3, 2 }) sequences.Add([number]);
        sequences.EndGrid(width: 3);
        foreach (float number in new[] { 4f, -2 }) sequences.Add([number]);
        sequences.EndGrid(width: 1);
        return sequences;
    }

    /// <summary>Returns whether a cell of a grid is bright.</summary>
    private protected static bool IsBright(int kind, int line, int cell) => kind switch
    {
        0 => cell / Width == line,
        1 => cell % Width == line,
        _ => cell / Width == cell % Width,
    };

    /// <summary>Creates grids of three kinds.</summary>
    private protected static IEnumerable<(int Number, int Kind, bool[] IsBright, float[] Pixels)> Grids(int rows)
    {
        var random = new Random(5);
        for (int i = 0; i < rows; i++)
        {
            int line = random.Next(Width);
            bool[] isBright = [.. Enumerable.Range(0, Height * Width).Select(cell => IsBright(i % 3, line, cell))];
            yield return (i, i % 3, isBright, [.. isBright.Select(bright => (bright ? 50 : 42) + 20 * random.NextSingle())]);
        }
    }

    private sealed class GridRow
    {
        public float[] Pixels { get; set; } = [];
    }
}
