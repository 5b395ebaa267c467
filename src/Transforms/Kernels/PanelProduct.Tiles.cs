using System.Runtime.CompilerServices;

namespace MlNetRnn.Kernels;

/// <content>The tiles. Each one has its sums in local variables, because only those stay in registers.</content>
internal static unsafe partial class PanelProduct<TVector, TLanes>
{
    // A number of panels that the compiler knows, so that the code for absent panels vanishes.
    private interface IPanels
    {
        static abstract int Count { get; }
    }

    private readonly struct OnePanel : IPanels
    {
        public static int Count => 1;
    }

    private readonly struct TwoPanels : IPanels
    {
        public static int Count => 2;
    }

    private readonly struct ThreePanels : IPanels
    {
        public static int Count => 3;
    }

    private readonly struct FourPanels : IPanels
    {
        public static int Count => 4;
    }

    private static void One<TPanels>(float* m, in PanelTask task, float* x, float* y) where TPanels : IPanels
    {
        nint n = TLanes.Count, panel = 2 * n, columns = task.Columns, step = task.XStep;
        float* m1 = m + task.PanelStride, m2 = m1 + task.PanelStride, m3 = m2 + task.PanelStride;
        TVector a0 = Start(y, task), a1 = Start(y + n, task);
        TVector b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        if (TPanels.Count > 1) (b0, b1) = (Start(y + panel, task), Start(y + panel + n, task));
        if (TPanels.Count > 2) (c0, c1) = (Start(y + 2 * panel, task), Start(y + 2 * panel + n, task));
        if (TPanels.Count > 3) (d0, d1) = (Start(y + 3 * panel, task), Start(y + 3 * panel + n, task));
        for (nint k = 0, i = 0; k < columns; k++, i += step)
        {
            nint at = k * panel;
            TVector p = TLanes.Broadcast(x[i]);
            (a0, a1) = (Fma(p, TLanes.Load(m + at), a0), Fma(p, TLanes.Load(m + at + n), a1));
            if (TPanels.Count > 1) (b0, b1) = (Fma(p, TLanes.Load(m1 + at), b0), Fma(p, TLanes.Load(m1 + at + n), b1));
            if (TPanels.Count > 2) (c0, c1) = (Fma(p, TLanes.Load(m2 + at), c0), Fma(p, TLanes.Load(m2 + at + n), c1));
            if (TPanels.Count > 3) (d0, d1) = (Fma(p, TLanes.Load(m3 + at), d0), Fma(p, TLanes.Load(m3 + at + n), d1));
        }
        StorePair(a0, a1, y, n);
        if (TPanels.Count > 1) StorePair(b0, b1, y + panel, n);
        if (TPanels.Count > 2) StorePair(c0, c1, y + 2 * panel, n);
        if (TPanels.Count > 3) StorePair(d0, d1, y + 3 * panel, n);
    }

    private static void Two<TPanels>(float* m, in PanelTask task, float* x, float* y) where TPanels : IPanels
    {
        nint n = TLanes.Count, panel = 2 * n, columns = task.Columns, step = task.XStep;
        float* x1 = x + task.XStride, y1 = y + task.YStride, m1 = m + task.PanelStride;
        TVector a0 = Start(y, task), a1 = Start(y + n, task), b0 = Start(y1, task), b1 = Start(y1 + n, task);
        TVector c0 = default, c1 = default, d0 = default, d1 = default;
        if (TPanels.Count > 1)
            (c0, c1, d0, d1) = (Start(y + panel, task), Start(y + panel + n, task), Start(y1 + panel, task), Start(y1 + panel + n, task));
        for (nint k = 0, i = 0; k < columns; k++, i += step)
        {
            nint at = k * panel;
            TVector p = TLanes.Broadcast(x[i]), q = TLanes.Broadcast(x1[i]), u = TLanes.Load(m + at), v = TLanes.Load(m + at + n);
            (a0, a1, b0, b1) = (Fma(p, u, a0), Fma(p, v, a1), Fma(q, u, b0), Fma(q, v, b1));
            if (TPanels.Count == 1) continue;
            (u, v) = (TLanes.Load(m1 + at), TLanes.Load(m1 + at + n));
            (c0, c1, d0, d1) = (Fma(p, u, c0), Fma(p, v, c1), Fma(q, u, d0), Fma(q, v, d1));
        }
        StorePair(a0, a1, y, n);
        StorePair(b0, b1, y1, n);
        if (TPanels.Count == 1) return;
        StorePair(c0, c1, y + panel, n);
        StorePair(d0, d1, y1 + panel, n);
    }

    private static void Four(float* m, in PanelTask task, float* x, float* y)
    {
        nint n = TLanes.Count, panel = 2 * n, columns = task.Columns, step = task.XStep;
        float* x1 = x + task.XStride, x2 = x1 + task.XStride, x3 = x2 + task.XStride;
        float* y1 = y + task.YStride, y2 = y1 + task.YStride, y3 = y2 + task.YStride;
        TVector a0 = Start(y, task), a1 = Start(y + n, task);
        TVector b0 = Start(y1, task), b1 = Start(y1 + n, task);
        TVector c0 = Start(y2, task), c1 = Start(y2 + n, task);
        TVector d0 = Start(y3, task), d1 = Start(y3 + n, task);
        for (nint k = 0, i = 0; k < columns; k++, i += step, m += panel)
        {
            TVector u = TLanes.Load(m), v = TLanes.Load(m + n);
            TVector p = TLanes.Broadcast(x[i]);
            (a0, a1) = (Fma(p, u, a0), Fma(p, v, a1));
            p = TLanes.Broadcast(x1[i]);
            (b0, b1) = (Fma(p, u, b0), Fma(p, v, b1));
            p = TLanes.Broadcast(x2[i]);
            (c0, c1) = (Fma(p, u, c0), Fma(p, v, c1));
            p = TLanes.Broadcast(x3[i]);
            (d0, d1) = (Fma(p, u, d0), Fma(p, v, d1));
        }
        StorePair(a0, a1, y, n);
        StorePair(b0, b1, y1, n);
        StorePair(c0, c1, y2, n);
        StorePair(d0, d1, y3, n);
    }

    private static void Eight(float* m, in PanelTask task, float* x, float* y)
    {
        nint n = TLanes.Count, panel = 2 * n, columns = task.Columns, step = task.XStep;
        float* x1 = x + task.XStride, x2 = x1 + task.XStride, x3 = x2 + task.XStride;
        float* x4 = x3 + task.XStride, x5 = x4 + task.XStride, x6 = x5 + task.XStride, x7 = x6 + task.XStride;
        float* y1 = y + task.YStride, y2 = y1 + task.YStride, y3 = y2 + task.YStride;
        float* y4 = y3 + task.YStride, y5 = y4 + task.YStride, y6 = y5 + task.YStride, y7 = y6 + task.YStride;
        TVector a0 = Start(y, task), a1 = Start(y + n, task);
        TVector b0 = Start(y1, task), b1 = Start(y1 + n, task);
        TVector c0 = Start(y2, task), c1 = Start(y2 + n, task);
        TVector d0 = Start(y3, task), d1 = Start(y3 + n, task);
        TVector e0 = Start(y4, task), e1 = Start(y4 + n, task);
        TVector f0 = Start(y5, task), f1 = Start(y5 + n, task);
        TVector g0 = Start(y6, task), g1 = Start(y6 + n, task);
        TVector h0 = Start(y7, task), h1 = Start(y7 + n, task);
        for (nint k = 0, i = 0; k < columns; k++, i += step, m += panel)
        {
            TVector u = TLanes.Load(m), v = TLanes.Load(m + n);
            TVector p = TLanes.Broadcast(x[i]);
            (a0, a1) = (Fma(p, u, a0), Fma(p, v, a1));
            p = TLanes.Broadcast(x1[i]);
            (b0, b1) = (Fma(p, u, b0), Fma(p, v, b1));
            p = TLanes.Broadcast(x2[i]);
            (c0, c1) = (Fma(p, u, c0), Fma(p, v, c1));
            p = TLanes.Broadcast(x3[i]);
            (d0, d1) = (Fma(p, u, d0), Fma(p, v, d1));
            p = TLanes.Broadcast(x4[i]);
            (e0, e1) = (Fma(p, u, e0), Fma(p, v, e1));
            p = TLanes.Broadcast(x5[i]);
            (f0, f1) = (Fma(p, u, f0), Fma(p, v, f1));
            p = TLanes.Broadcast(x6[i]);
            (g0, g1) = (Fma(p, u, g0), Fma(p, v, g1));
            p = TLanes.Broadcast(x7[i]);
            (h0, h1) = (Fma(p, u, h0), Fma(p, v, h1));
        }
        StorePair(a0, a1, y, n);
        StorePair(b0, b1, y1, n);
        StorePair(c0, c1, y2, n);
        StorePair(d0, d1, y3, n);
        StorePair(e0, e1, y4, n);
        StorePair(f0, f1, y5, n);
        StorePair(g0, g1, y6, n);
        StorePair(h0, h1, y7, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start(float* y, in PanelTask task) => task.Overwrites ? default : TLanes.Load(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(TVector first, TVector second, float* y, nint n)
    {
        TLanes.Store(first, y);
        TLanes.Store(second, y + n);
    }
}
