using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>The layout of gates: each gate begins at a multiple of the size of a register, so that no loop over a gate has a remainder.</summary>
internal static class GateRows
{
    /// <summary>Returns H, rounded up to whole registers.</summary>
    public static int WidthOf(int hidden) => (hidden + Simd.Width - 1) / Simd.Width * Simd.Width;

    /// <summary>Selects gates of a matrix [G·H,K] and packs them.</summary>
    public static PackedMatrix Pack(WeightMatrix weight, int hidden, params ReadOnlySpan<int> gates) =>
        new(Select(weight.Numbers, hidden, weight.Columns, gates), gates.Length * WidthOf(hidden), weight.Columns);

    /// <summary>Selects gates of [G·H,columns].</summary>
    /// <returns>[gates·width,columns]</returns>
    public static float[] Select(ReadOnlySpan<float> numbers, int hidden, int columns, params ReadOnlySpan<int> gates)
    {
        int width = WidthOf(hidden);
        var result = new float[gates.Length * width * columns];
        for (int i = 0; i < gates.Length; i++)
            numbers.Slice(gates[i] * hidden * columns, hidden * columns).CopyTo(result.AsSpan(i * width * columns));
        return result;
    }
}
