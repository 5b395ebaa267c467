using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlNetRnn.Kernels;

/// <summary>
/// Copies a part of a matrix, [K,N], to panels of neighboring columns: each panel is stored row by row, and its last columns are 0 if N is not a multiple of
/// its width. A product then reads memory in one stream. Widths are multiples of 8.
/// </summary>
internal static unsafe class PanelPacking
{
    // Reads at least this many numbers of a row, so that whole cache lines are used.
    private const int ColumnsAtOnce = 64;

    /// <param name="from">[K,N], the first number of a row-major matrix.</param>
    /// <param name="stride">Numbers from a row to the next one.</param>
    /// <param name="size">K and N.</param>
    /// <param name="panels">Room for ⌈N/width⌉ panels.</param>
    /// <param name="width">Columns of a panel.</param>
    /// <param name="panelStride">Numbers from a panel to the next one; at least K·width.</param>
    public static void Pack(float* from, nint stride, (int Rows, int Columns) size, float* panels, int width, nint panelStride)
    {
        int whole = size.Columns / width * width;
        for (int first = 0; first < whole; first += ColumnsAtOnce)
        {
            int end = Math.Min(whole, first + ColumnsAtOnce);
            for (int k = 0; k < size.Rows; k++)
            {
                float* row = from + k * stride, to = panels + first / width * panelStride + (nint)k * width;
                for (int column = first; column < end; column += width, to += panelStride) CopyEights(row + column, to, width);
            }
        }
        if (whole == size.Columns) return;
        float* last = panels + whole / width * panelStride;
        for (int k = 0; k < size.Rows; k++)
            for (int j = 0; j < width; j++) last[k * width + j] = whole + j < size.Columns ? from[k * stride + whole + j] : 0;
    }

    /// <summary>Packs the transpose.</summary>
    /// <param name="from">[N,K], the first number of a row-major matrix.</param>
    /// <param name="stride">Numbers from a row to the next one.</param>
    /// <param name="size">K and N.</param>
    /// <param name="panels">Room for ⌈N/width⌉ panels.</param>
    /// <param name="width">Columns of a panel.</param>
    /// <param name="panelStride">Numbers from a panel to the next one; at least K·width.</param>
    public static void PackTransposed(float* from, nint stride, (int Rows, int Columns) size, float* panels, int width, nint panelStride)
    {
        int fours = size.Rows / 4 * 4;
        for (int first = 0; first < size.Columns; first += width, panels += panelStride)
        {
            float* block = from + first * stride;
            int columns = Math.Min(width, size.Columns - first), whole = columns / 4 * 4;
            for (int k = 0; k < fours; k += 4)
                for (int j = 0; j < whole; j += 4) TransposeFour(block + j * stride + k, stride, panels + (nint)k * width + j, width);
            for (int k = 0; k < size.Rows; k++)
                for (int j = k < fours ? whole : 0; j < width; j++) panels[k * width + j] = j < columns ? block[j * stride + k] : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyEights(float* from, float* to, int count)
    {
        for (int j = 0; j < count; j += 8) Vector256.Load(from + j).Store(to + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(float* from, nint stride, float* to, nint toStride)
    {
        float* from1 = from + stride, from2 = from1 + stride, from3 = from2 + stride;
        float* to1 = to + toStride, to2 = to1 + toStride, to3 = to2 + toStride;
        if (Sse.IsSupported)
        {
            Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from1), c = Vector128.Load(from2), d = Vector128.Load(from3);
            Vector128<float> p = Sse.UnpackLow(a, b), q = Sse.UnpackLow(c, d), r = Sse.UnpackHigh(a, b), s = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(p, q).Store(to);
            Sse.MoveHighToLow(q, p).Store(to1);
            Sse.MoveLowToHigh(r, s).Store(to2);
            Sse.MoveHighToLow(s, r).Store(to3);
            return;
        }
        Vector128.Create(from[0], from1[0], from2[0], from3[0]).Store(to);
        Vector128.Create(from[1], from1[1], from2[1], from3[1]).Store(to1);
        Vector128.Create(from[2], from1[2], from2[2], from3[2]).Store(to2);
        Vector128.Create(from[3], from1[3], from2[3], from3[3]).Store(to3);
    }
}
