using MlNetRnn.Kernels;
using TorchSharp;

namespace MlNetRnn.Kernels;

/// <summary>
/// Numbers as scalars of libtorch that stay alive during an operation. TorchSharp converts a number to a temporary object, whose finalizer frees native memory.
/// The garbage collector may run it while the operation still reads the number, which then has another value or type ("Unknown scalar type").
/// </summary>
internal static class Scalars
{
    public static Scalar Zero { get; } = 0f;

    public static Scalar One { get; } = 1f;

    /// <summary>Returns a scalar that is never freed, for a constant.</summary>
    public static Scalar Constant(float number) => number;

    public static torch.Tensor Times(this torch.Tensor tensor, float factor)
    {
        using Scalar scalar = factor;
        return tensor.mul(scalar);
    }

    /// <summary>Multiplies the numbers in place.</summary>
    public static torch.Tensor TimesInPlace(this torch.Tensor tensor, float factor)
    {
        using Scalar scalar = factor;
        return tensor.mul_(scalar);
    }

    /// <summary>Divides the numbers in place.</summary>
    public static torch.Tensor DividedByInPlace(this torch.Tensor tensor, float divisor)
    {
        using Scalar scalar = divisor;
        return tensor.div_(scalar);
    }

    /// <summary>Adds a number in place.</summary>
    public static torch.Tensor PlusInPlace(this torch.Tensor tensor, float number)
    {
        using Scalar scalar = number;
        return tensor.add_(scalar);
    }

    public static torch.Tensor Plus(this torch.Tensor tensor, float number)
    {
        using Scalar scalar = number;
        return tensor.add(scalar);
    }

    public static torch.Tensor DividedBy(this torch.Tensor tensor, double divisor)
    {
        using Scalar scalar = divisor;
        return tensor.div(scalar);
    }

    /// <summary>Returns a tensor in which all numbers are the same.</summary>
    public static torch.Tensor Filled(long[] shape, float number, torch.Device? device = null)
    {
        using Scalar scalar = number;
        return torch.full(shape, scalar, torch.ScalarType.Float32, device);
    }
}
