namespace MlNetRnn.Kernels;

/// <summary>A product y += x Mᵀ, or y = x Mᵀ, of a packed matrix, for a register of L floats.</summary>
internal readonly unsafe struct PanelTask
{
    /// <summary>The panels of M. A panel has 2·L rows, column by column.</summary>
    public required float* Matrix { get; init; }

    /// <summary>Numbers from a panel to the next one: 2·L·K, or more if the product is computed for a part of the columns of M at a time.</summary>
    public required nint PanelStride { get; init; }

    /// <summary>Number of panels.</summary>
    public required int Panels { get; init; }

    /// <summary>K.</summary>
    public required nint Columns { get; init; }

    /// <summary>[B,K]</summary>
    public required float* X { get; init; }

    /// <summary>Numbers from a row of x to the next one.</summary>
    public required nint XStride { get; init; }

    /// <summary>Numbers from a column of x to the next one: 1 if x is stored row by row.</summary>
    public required nint XStep { get; init; }

    /// <summary>Numbers from eight rows of x to the next eight: 8·<see cref="XStride"/> if x is stored row by row.</summary>
    public required nint XStrideOfEight { get; init; }

    /// <summary>[B,2·L·panels]</summary>
    public required float* Y { get; init; }

    /// <summary>Numbers from a row of y to the next one.</summary>
    public required nint YStride { get; init; }

    /// <summary>B.</summary>
    public required int Rows { get; init; }

    /// <summary>Whether the product replaces y, whatever it contains, instead of being added.</summary>
    public required bool Overwrites { get; init; }

    public float* XRow(int row) => X + row / 8 * XStrideOfEight + row % 8 * XStride;
}
