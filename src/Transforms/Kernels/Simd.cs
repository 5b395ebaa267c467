using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlNetRnn.Kernels;

/// <summary>
/// Operations on sixteen floats at a time for the kernels of the cells. If the processor lacks registers of this size, the runtime uses narrower ones.
/// </summary>
internal static unsafe class Simd
{
    public const int Width = 16;

    /// <summary>Loads up to <see cref="Width"/> numbers. Elements beyond <paramref name="count"/> are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* from, int count) => count >= Width ? Vector512.Load(from) : LoadPart(from, count);

    /// <summary>Stores up to <see cref="Width"/> numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* to, int count)
    {
        if (count >= Width) value.Store(to);
        else StorePart(value, to, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Vector512.Create(2f) * Sigmoid(x + x) - Vector512<float>.One;

    /// <summary>Computes eˣ with an error of about two units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) =>
        Vector512.IsHardwareAccelerated ? LaneMath<Vector512<float>, SixteenLanes>.Exp(x) : ExpInParts(x);

    // Long functions of registers that the processor lacks are not inlined, and then each of their operations is a call.
    [SkipLocalsInit]
    private static Vector512<float> ExpInParts(Vector512<float> x)
    {
        float* parts = stackalloc float[Width];
        x.Store(parts);
        if (Vector256.IsHardwareAccelerated) ExpOf<Vector256<float>, EightLanes>(parts);
        else ExpOf<Vector128<float>, FourLanes>(parts);
        return Vector512.Load(parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExpOf<TVector, TLanes>(float* numbers)
        where TVector : struct
        where TLanes : IVectorLanes<TVector>
    {
        for (int i = 0; i < Width; i += TLanes.Count) TLanes.Store(LaneMath<TVector, TLanes>.Exp(TLanes.Load(numbers + i)), numbers + i);
    }

    private static Vector512<float> LoadPart(float* from, int count)
    {
        float* buffer = stackalloc float[Width];
        for (int i = 0; i < Width; i++) buffer[i] = i < count ? from[i] : 0;
        return Vector512.Load(buffer);
    }

    private static void StorePart(Vector512<float> value, float* to, int count)
    {
        float* buffer = stackalloc float[Width];
        value.Store(buffer);
        for (int i = 0; i < count; i++) to[i] = buffer[i];
    }
}
