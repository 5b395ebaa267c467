using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlNetRnn.Kernels;

/// <summary>The product of a packed matrix, for a kind of register that is known at run time.</summary>
internal static class PanelProduct
{
    /// <summary>Number of floats in the widest register of this processor: 16, 8 or 4.</summary>
    public static int Lanes =>
        Vector512.IsHardwareAccelerated ? SixteenLanes.Count : Vector256.IsHardwareAccelerated ? EightLanes.Count : FourLanes.Count;

    public static void Add(int lanes, in PanelTask task)
    {
        if (lanes == SixteenLanes.Count) PanelProduct<Vector512<float>, SixteenLanes>.Add(task);
        else if (lanes == EightLanes.Count) PanelProduct<Vector256<float>, EightLanes>.Add(task);
        else PanelProduct<Vector128<float>, FourLanes>.Add(task);
    }
}

/// <summary>
/// The product y += x Mᵀ, or y = x Mᵀ, of a packed matrix. A tile of y stays in registers while its panels are read: 8 or 4 rows × 1 panel, 2 rows × 2 panels,
/// or 1 row × 4 panels. At least eight sums are independent, which hides the latency of an addition. With one row, the product takes as long as reading it.
/// </summary>
internal static unsafe partial class PanelProduct<TVector, TLanes>
    where TVector : struct
    where TLanes : IVectorLanes<TVector>
{
    private const int PanelsPerGroup = 4;

    private static nint Panel => 2 * TLanes.Count;

    public static void Add(in PanelTask task)
    {
        int eights = TLanes.HasManyRegisters ? task.Rows / 8 * 8 : 0, fours = eights + (task.Rows - eights) / 4 * 4;
        for (int first = 0; first < task.Panels; first += PanelsPerGroup)
        {
            int panels = Math.Min(PanelsPerGroup, task.Panels - first);
            for (int panel = first; panel < first + panels; panel++)
            {
                // The panel stays in the cache for all rows.
                float* m = task.Matrix + panel * task.PanelStride, y = task.Y + panel * Panel;
                for (int row = 0; row < eights; row += 8) Eight(m, task, task.XRow(row), y + row * task.YStride);
                for (int row = eights; row < fours; row += 4) Four(m, task, task.XRow(row), y + row * task.YStride);
            }
            if (fours + 1 < task.Rows) AddTwoRows(task, first, panels, fours);
            if (task.Rows % 2 == 1) AddOneRow(task, first, panels, task.Rows - 1);
        }
    }

    private static void AddTwoRows(in PanelTask task, int first, int panels, int row)
    {
        for (int panel = first; panel < first + panels; panel += 2)
        {
            float* m = task.Matrix + panel * task.PanelStride, x = task.XRow(row), y = task.Y + row * task.YStride + panel * Panel;
            if (panel + 1 < first + panels) Two<TwoPanels>(m, task, x, y);
            else Two<OnePanel>(m, task, x, y);
        }
    }

    private static void AddOneRow(in PanelTask task, int first, int panels, int row)
    {
        float* m = task.Matrix + first * task.PanelStride, x = task.XRow(row), y = task.Y + row * task.YStride + first * Panel;
        if (panels == 4) One<FourPanels>(m, task, x, y);
        else if (panels == 3) One<ThreePanels>(m, task, x, y);
        else if (panels == 2) One<TwoPanels>(m, task, x, y);
        else One<OnePanel>(m, task, x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Fma(TVector a, TVector b, TVector c) => TLanes.MultiplyAdd(a, b, c);
}
