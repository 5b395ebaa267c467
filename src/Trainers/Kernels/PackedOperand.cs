namespace MlNetRnn.Kernels;

/// <summary>
/// op(B), [K,N], the right operand of many products, in the order in which the product reads it if the kernel of this library computes it. Valid as long as the
/// lease of its memory. Later changes of B are not seen.
/// </summary>
internal readonly unsafe struct PackedOperand
{
    private readonly Matrix _panels;

    /// <summary>Initializes an operand that is not packed, for the products of libtorch.</summary>
    public PackedOperand(Matrix source, bool transposed) => (Source, IsTransposed) = (source, transposed);

    /// <param name="source">B.</param>
    /// <param name="transposed">Whether op(B) = Bᵀ.</param>
    /// <param name="panels">[N, rounded up to panels, K]: receives op(B).</param>
    public PackedOperand(Matrix source, bool transposed, Matrix panels)
        : this(source, transposed)
    {
        _panels = panels;
        int width = BlockedProduct.PanelWidth;
        nint panelStride = (nint)Rows * width;
        if (transposed) PanelPacking.PackTransposed(source.Data, source.Stride, (Rows, Columns), Panels, width, panelStride);
        else PanelPacking.Pack(source.Data, source.Stride, (Rows, Columns), Panels, width, panelStride);
    }

    /// <summary>B.</summary>
    public Matrix Source { get; }

    public bool IsTransposed { get; }

    /// <summary>K.</summary>
    public int Rows => IsTransposed ? Source.Columns : Source.Rows;

    /// <summary>N.</summary>
    public int Columns => IsTransposed ? Source.Rows : Source.Columns;

    public bool IsPacked => _panels.Data is not null;

    /// <summary>The panels. Each has K rows.</summary>
    public float* Panels => _panels.Data;
}
