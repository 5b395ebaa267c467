namespace MlNetRnn.Kernels;

/// <summary>A product y += x Mᵀ of a packed matrix, for a register of L floats.</summary>
internal readonly unsafe struct PanelTask
{
    /// <summary>The panels of M. A panel has 2·L rows, column by column.</summary>
    public required float* Matrix { get; init; }

    /// <summary>Number of panels.</summary>
    public required int Panels { get; init; }

    /// <summary>K.</summary>
    public required nint Columns { get; init; }

    /// <summary>[B,K]</summary>
    public required float* X { get; init; }

    /// <summary>Numbers from a row of x to the next one.</summary>
    public required nint XStride { get; init; }

    /// <summary>[B,2·L·panels]</summary>
    public required float* Y { get; init; }

    /// <summary>Numbers from a row of y to the next one.</summary>
    public required nint YStride { get; init; }

    /// <summary>B.</summary>
    public required int Rows { get; init; }
}
