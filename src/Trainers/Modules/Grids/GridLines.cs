using MlNetRnn.Batching;

namespace MlNetRnn.Modules;

/// <summary>The rows of all grids of a batch, or all columns, as a batch of sequences.</summary>
internal sealed class GridLines
{
    private GridLines(GridPlaces grids, Func<GridSize, int> lines, Func<GridSize, int> length, Func<GridSize, int, int, int> cell)
    {
        (int Grid, int Line)[] all = [.. grids.Sizes.SelectMany((size, grid) => Enumerable.Range(0, lines(size)).Select(line => (grid, line)))];
        Batch = PackedBatch.OfLengths([.. all.Select(line => length(grids.Sizes[line.Grid]))]);
        Places = Batch.Pack<int>(
            b =>
            {
                (int grid, int line) = all[Batch.Rows[b]];
                GridSize size = grids.Sizes[grid];
                var places = new int[length(size)];
                for (int step = 0; step < places.Length; step++) places[step] = grids.Position(grid, cell(size, line, step));
                return places;
            },
            1);
    }

    /// <summary>The layout of the lines.</summary>
    public PackedBatch Batch { get; }

    /// <summary>The position of each cell among the vectors of the grids, in the order of <see cref="Batch"/>, [N].</summary>
    public int[] Places { get; }

    /// <summary>Returns the rows of the grids, from left to right.</summary>
    public static GridLines Rows(GridPlaces grids) => new(grids, size => size.Height, size => size.Width, (size, row, step) => row * size.Width + step);

    /// <summary>Returns the columns of the grids, from top to bottom.</summary>
    public static GridLines Columns(GridPlaces grids) =>
        new(grids, size => size.Width, size => size.Height, (size, column, step) => step * size.Width + column);

    /// <summary>Returns the position in <see cref="Batch"/> of each cell, given its position among the vectors of the grids.</summary>
    public int[] Inverse()
    {
        var inverse = new int[Places.Length];
        for (int place = 0; place < Places.Length; place++) inverse[Places[place]] = place;
        return inverse;
    }
}
