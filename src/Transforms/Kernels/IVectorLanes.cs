using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MlNetRnn.Kernels;

/// <summary>The operations of a matrix product on one kind of register, so that the product is written once for all processors.</summary>
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
}
