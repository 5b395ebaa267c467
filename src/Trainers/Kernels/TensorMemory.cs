using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>Access to the numbers of a contiguous float tensor on the CPU.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Returns a pointer to the numbers. Valid while the tensor exists; native memory does not move.</summary>
    public static float* Pointer(this Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>Returns whether any number is infinite or NaN.</summary>
    public static bool ContainsNonFinite(this Span<float> numbers)
    {
        foreach (float number in numbers)
            if (!float.IsFinite(number)) return true;
        return false;
    }

    /// <summary>Returns the numbers as a span.</summary>
    public static Span<float> Span(this Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
