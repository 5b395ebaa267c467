using System.Runtime.InteropServices;

namespace MlNetRnn.Kernels;

/// <summary>
/// Memory of a thread for the parts of the operands that a product copies: 1.2 MB, allocated at the first product of the thread and freed after its end.
/// </summary>
internal sealed unsafe class ProductMemory
{
    private const int CacheLine = 64, MaximumWidth = 32;

    private const int Floats =
        BlockedProduct.Depth * (BlockedProduct.ColumnsAtOnce + BlockedProduct.RowsAtOnce) + BlockedProduct.RowsAtOnce * MaximumWidth;

    [ThreadStatic]
    private static ProductMemory? _ofThread;

    private readonly float* _memory = (float*)NativeMemory.AlignedAlloc(Floats * sizeof(float), CacheLine);

    ~ProductMemory() => NativeMemory.AlignedFree(_memory);

    public static ProductMemory OfThread => _ofThread ??= new ProductMemory();

    /// <summary>A part of op(B), [depth, columns at once].</summary>
    public float* Panels => _memory;

    /// <summary>A part of op(A), [rows at once, depth].</summary>
    public float* Rows => Panels + BlockedProduct.Depth * BlockedProduct.ColumnsAtOnce;

    /// <summary>A part of C with the columns of one panel, [rows at once, panel].</summary>
    public float* Edge => Rows + BlockedProduct.Depth * BlockedProduct.RowsAtOnce;
}
