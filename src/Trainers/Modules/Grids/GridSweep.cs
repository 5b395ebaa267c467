namespace MlNetRnn.Modules;

/// <summary>
/// The order in which a scan from a corner computes the cells of some grids: diagonal by diagonal, so that all cells of a step, of all grids, depend only on
/// the preceding step (Graves et al., 2007, section 2, describe the order of single cells). The cells of a diagonal are sorted by their row, then by their
/// grid, with B grids. Their predecessors, one to the left and one above, are then the same rows of the preceding diagonal, and those rows moved by B: two
/// slices of one matrix, not copies.
/// </summary>
/// <remarks>
/// Grids smaller than the largest one leave holes, which are computed and never read: no cell of a grid depends on a cell outside of it. Before and after the
/// states of each diagonal, B rows of zeros stand for the cells beyond the border.
/// </remarks>
internal sealed class GridSweep
{
    private readonly int _height, _width, _grids;
    private readonly int[] _starts;

    /// <param name="sizes">The sizes of the grids.</param>
    /// <param name="corner">The corner where the scan starts.</param>
    /// <param name="position">Returns the position of a cell in the batch, given the grid and the number of the cell.</param>
    public GridSweep(IReadOnlyList<GridSize> sizes, GridCorner corner, Func<int, int, int> position)
    {
        (_grids, _height, _width) = (sizes.Count, sizes.Max(size => size.Height), sizes.Max(size => size.Width));
        _starts = new int[Diagonals + 1];
        for (int d = 0; d < Diagonals; d++) _starts[d + 1] = _starts[d] + Cells(d);
        Positions = new int[_starts[^1]];
        for (int d = 0, at = 0; d < Diagonals; d++)
        {
            for (int row = First(d); row <= Last(d); row++)
            {
                for (int grid = 0; grid < _grids; grid++, at++)
                {
                    bool isInside = row < sizes[grid].Height && d - row < sizes[grid].Width;
                    Positions[at] = isInside ? position(grid, corner.Cell(sizes[grid], row, d - row)) : -1;
                }
            }
        }
    }

    /// <summary>The number of diagonals.</summary>
    public int Diagonals => _height + _width - 1;

    /// <summary>M, the number of cells of all diagonals, holes included.</summary>
    public int Count => Positions.Length;

    /// <summary>The position of each cell in the batch, [M]; −1 for a hole.</summary>
    public int[] Positions { get; }

    /// <summary>The number of rows of a matrix of states: the cells, and zeros around each diagonal and before the first one.</summary>
    public int StateRows => Count + 2 * _grids * (Diagonals + 1);

    /// <summary>Returns a step of the scan.</summary>
    public GridStep Step(int diagonal)
    {
        int state = StateStart(diagonal), before = StateStart(diagonal - 1);
        // The first cell's left predecessor has the same row of the grid, which is one further in the preceding diagonal if that began one row higher.
        int left = before + (First(diagonal) - First(diagonal - 1)) * _grids;
        return new GridStep(_starts[diagonal], state, Cells(diagonal), left, left - _grids);
    }

    // Rows of the grid in a diagonal; the diagonal before the first one is empty and begins with row 0.
    private int First(int diagonal) => Math.Max(0, diagonal - _width + 1);

    private int Last(int diagonal) => Math.Min(_height - 1, diagonal);

    private int Cells(int diagonal) => (Last(diagonal) - First(diagonal) + 1) * _grids;

    /// <summary>The row of the first state of a diagonal: after its zeros, and 2 B zeros for each diagonal before it.</summary>
    private int StateStart(int diagonal) => diagonal < 0 ? _grids : _starts[diagonal] + 2 * _grids * (diagonal + 1) + _grids;
}

/// <summary>A diagonal of a scan.</summary>
/// <param name="Start">The first of its rows in matrices of cells.</param>
/// <param name="State">The first of its rows in matrices of states.</param>
/// <param name="Count">The number of its cells.</param>
/// <param name="Left">The row of the state to the left of the first cell; those of the other cells follow.</param>
/// <param name="Above">The row of the state above the first cell; those of the other cells follow.</param>
internal readonly record struct GridStep(int Start, int State, int Count, int Left, int Above);
