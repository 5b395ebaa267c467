using System.Runtime.CompilerServices;

namespace MlNetRnn.Kernels;

/// <summary>Functions of the numbers in a register.</summary>
internal static class LaneMath<TVector, TLanes>
    where TVector : struct
    where TLanes : IVectorLanes<TVector>
{
    /// <summary>Computes eˣ with an error of about two units in the last place: x = n·ln 2 + r, a polynomial for eʳ, and n added to the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        TVector clamped = TLanes.Clamp(x, TLanes.Broadcast(-87.3f), TLanes.Broadcast(88.3f));
        TVector n = TLanes.Floor(TLanes.MultiplyAdd(clamped, TLanes.Broadcast(1.44269504f), TLanes.Broadcast(0.5f)));
        // ln 2 in two parts, so that the leading part of n·ln 2 is exact.
        TVector r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-0.693359375f), clamped);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(2.12194440e-4f), r);
        // Taylor coefficients 1/k!. |r| ≤ ln 2 / 2, so the first omitted term is below 6e-9.
        TVector p = TLanes.Broadcast(1f / 5040);
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1f / 720));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1f / 120));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1f / 24));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1f / 6));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(0.5f));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1));
        p = TLanes.MultiplyAdd(p, r, TLanes.Broadcast(1));
        // Min and Max of .NET 8 lose a NaN, which must remain visible.
        return TLanes.WithNaN(TLanes.Scale(p, n), x);
    }
}
