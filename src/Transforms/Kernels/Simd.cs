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

    /// <summary>Computes eˣ with an error of about two units in the last place: x = n·ln 2 + r, a polynomial for eʳ, and n added to the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> isNumber = Vector512.Equals(x, x);
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(-87.3f)), Vector512.Create(88.3f));
        Vector512<float> n = Vector512.Floor(Fma(x, Vector512.Create(1.44269504f), Vector512.Create(0.5f)));
        // ln 2 in two parts, so that the leading part of n·ln 2 is exact.
        Vector512<float> r = Fma(n, Vector512.Create(-0.693359375f), x);
        r = Fma(n, Vector512.Create(2.12194440e-4f), r);
        // Taylor coefficients 1/k!. |r| ≤ ln 2 / 2, so the first omitted term is below 6e-9.
        Vector512<float> p = Vector512.Create(1f / 5040);
        p = Fma(p, r, Vector512.Create(1f / 720));
        p = Fma(p, r, Vector512.Create(1f / 120));
        p = Fma(p, r, Vector512.Create(1f / 24));
        p = Fma(p, r, Vector512.Create(1f / 6));
        p = Fma(p, r, Vector512.Create(0.5f));
        p = Fma(p, r, Vector512<float>.One);
        p = Fma(p, r, Vector512<float>.One);
        Vector512<int> exponent = (Vector512.ConvertToInt32(n) + Vector512.Create(127)) << 23;
        // Min and Max of .NET 8 lose a NaN, which must remain visible.
        return Vector512.ConditionalSelect(isNumber, p * exponent.AsSingle(), Vector512.Create(float.NaN));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
#if NET9_0_OR_GREATER
        Vector512.FusedMultiplyAdd(a, b, c);
#else
        a * b + c;
#endif

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
