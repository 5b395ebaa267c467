using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>Activation functions of sixteen numbers at a time.</summary>
internal static unsafe class StepActivations
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(StepActivation activation, float* numbers)
    {
        Vector512<float> x = Vector512.Load(numbers);
        return activation switch
        {
            StepActivation.Tanh => Simd.Tanh(x),
            StepActivation.Sigmoid => Simd.Sigmoid(x),
            // Keeps NaN, for which the comparison is false.
            StepActivation.Relu => Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512<float>.Zero, x),
            _ => x,
        };
    }
}
