using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MlNetRnn.Kernels;

/// <summary>The operations on one kind of register, so that a product or a function is written once for all processors.</summary>
/// <typeparam name="TVector">The register.</typeparam>
internal unsafe interface IVectorLanes<TVector> where TVector : struct
{
    /// <summary>L, the number of floats in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the processor has 32 of these registers instead of 16.</summary>
    static abstract bool HasManyRegisters { get; }

    static abstract TVector Load(float* from);

    static abstract void Store(TVector value, float* to);

    static abstract TVector Broadcast(float number);

    /// <summary>Returns a·b + c, rounded once if the processor has such an instruction.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Clamp(TVector x, TVector least, TVector greatest);

    static abstract TVector Floor(TVector x);

    /// <summary>Returns x · 2ⁿ for integers n from −127 to 127.</summary>
    static abstract TVector Scale(TVector x, TVector n);

    /// <summary>Returns x, but NaN where the other number is NaN.</summary>
    static abstract TVector WithNaN(TVector x, TVector other);
}

/// <summary>Registers of sixteen floats: AVX-512.</summary>
internal readonly unsafe struct SixteenLanes : IVectorLanes<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static bool HasManyRegisters => true;

    public static Vector512<float> Load(float* from) => Vector512.Load(from);

    public static void Store(Vector512<float> value, float* to) => value.Store(to);

    public static Vector512<float> Broadcast(float number) => Vector512.Create(number);

    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
#if NET9_0_OR_GREATER
        Vector512.MultiplyAddEstimate(a, b, c);
#else
        Avx512F.IsSupported ? Avx512F.FusedMultiplyAdd(a, b, c) : a * b + c;
#endif

    public static Vector512<float> Clamp(Vector512<float> x, Vector512<float> least, Vector512<float> greatest) =>
        Vector512.Min(Vector512.Max(x, least), greatest);

    public static Vector512<float> Floor(Vector512<float> x) => Vector512.Floor(x);

    public static Vector512<float> Scale(Vector512<float> x, Vector512<float> n) =>
        x * ((Vector512.ConvertToInt32(n) + Vector512.Create(127)) << 23).AsSingle();

    public static Vector512<float> WithNaN(Vector512<float> x, Vector512<float> other) =>
        Vector512.ConditionalSelect(Vector512.Equals(other, other), x, Vector512.Create(float.NaN));
}

/// <summary>Registers of eight floats: AVX2.</summary>
internal readonly unsafe struct EightLanes : IVectorLanes<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    public static bool HasManyRegisters => false;

    public static Vector256<float> Load(float* from) => Vector256.Load(from);

    public static void Store(Vector256<float> value, float* to) => value.Store(to);

    public static Vector256<float> Broadcast(float number) => Vector256.Create(number);

    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
#if NET9_0_OR_GREATER
        Vector256.MultiplyAddEstimate(a, b, c);
#else
        Fma.IsSupported ? Fma.MultiplyAdd(a, b, c) : a * b + c;
#endif

    public static Vector256<float> Clamp(Vector256<float> x, Vector256<float> least, Vector256<float> greatest) =>
        Vector256.Min(Vector256.Max(x, least), greatest);

    public static Vector256<float> Floor(Vector256<float> x) => Vector256.Floor(x);

    public static Vector256<float> Scale(Vector256<float> x, Vector256<float> n) =>
        x * ((Vector256.ConvertToInt32(n) + Vector256.Create(127)) << 23).AsSingle();

    public static Vector256<float> WithNaN(Vector256<float> x, Vector256<float> other) =>
        Vector256.ConditionalSelect(Vector256.Equals(other, other), x, Vector256.Create(float.NaN));
}

/// <summary>Registers of four floats: ARM64 and any other processor.</summary>
internal readonly unsafe struct FourLanes : IVectorLanes<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;

    public static bool HasManyRegisters => AdvSimd.Arm64.IsSupported;

    public static Vector128<float> Load(float* from) => Vector128.Load(from);

    public static void Store(Vector128<float> value, float* to) => value.Store(to);

    public static Vector128<float> Broadcast(float number) => Vector128.Create(number);

    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
#if NET9_0_OR_GREATER
        Vector128.MultiplyAddEstimate(a, b, c);
#else
        AdvSimd.IsSupported ? AdvSimd.FusedMultiplyAdd(c, a, b) : Fma.IsSupported ? Fma.MultiplyAdd(a, b, c) : a * b + c;
#endif

    public static Vector128<float> Clamp(Vector128<float> x, Vector128<float> least, Vector128<float> greatest) =>
        Vector128.Min(Vector128.Max(x, least), greatest);

    public static Vector128<float> Floor(Vector128<float> x) => Vector128.Floor(x);

    public static Vector128<float> Scale(Vector128<float> x, Vector128<float> n) =>
        x * ((Vector128.ConvertToInt32(n) + Vector128.Create(127)) << 23).AsSingle();

    public static Vector128<float> WithNaN(Vector128<float> x, Vector128<float> other) =>
        Vector128.ConditionalSelect(Vector128.Equals(other, other), x, Vector128.Create(float.NaN));
}
