using System.Numerics.Tensors;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;

namespace MlNetRnn.Training;

/// <summary>Operations on all gradients of a step.</summary>
internal static class Gradients
{
    /// <summary>Computes the Euclidean norm.</summary>
    public static double Norm(IReadOnlyList<Parameter> parameters)
    {
        double sum = 0;
        foreach (Parameter parameter in parameters)
            if (parameter.Gradient is { } gradient) sum += TensorPrimitives.SumOfSquares((ReadOnlySpan<float>)gradient.Span());
        return Math.Sqrt(sum);
    }

    public static void Clear(IReadOnlyList<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters) parameter.ClearGradient();
    }
}
