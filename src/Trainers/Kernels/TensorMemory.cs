using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>The numbers inside a contiguous float tensor on the CPU.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Where they lie; valid while the tensor lives (native memory does not move).</summary>
    public static float* Pointer(this Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>Whether one of the numbers is infinite or none at all.</summary>
    public static bool ContainsNonFinite(this Span<float> numbers)
    {
        foreach (float number in numbers)
            if (!float.IsFinite(number)) return true;
        return false;
    }

    public static Span<float> Span(this Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
