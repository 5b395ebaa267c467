using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Kernels;

/// <summary>
/// Numbers as scalars of libtorch that stay alive during an operation. TorchSharp converts a number to a temporary object, whose finalizer frees native memory.
/// The garbage collector may run it while the operation still reads the number, which then has another value or type ("Unknown scalar type"). The sum of two
/// tensors also has such a number: the factor 1 of the second one. Use the methods of this class instead of the operators; a test finds others.
/// </summary>
internal static class Scalars
{
    public static Scalar Zero { get; } = 0f;

    public static Scalar One { get; } = 1f;

    /// <summary>Returns a scalar that is never freed, for a constant.</summary>
    public static Scalar Constant(float number) => number;

    public static Tensor Plus(this Tensor tensor, Tensor other) => tensor.add(other, One);

    public static Tensor Plus(this Tensor tensor, float number) => With(number, scalar => tensor.add(scalar, One));

    public static Tensor Times(this Tensor tensor, float factor) => With(factor, tensor.mul);

    public static Tensor DividedBy(this Tensor tensor, double divisor) => With(divisor, scalar => tensor.div(scalar));

    /// <summary>Returns 1 − x.</summary>
    public static Tensor Complement(this Tensor tensor) => tensor.neg().add(One, One);

    /// <summary>Returns x².</summary>
    public static Tensor Squared(this Tensor tensor) => tensor * tensor;

    /// <summary>Adds a tensor in place.</summary>
    public static Tensor PlusInPlace(this Tensor tensor, Tensor other) => tensor.add_(other, One);

    /// <summary>Adds a number in place.</summary>
    public static Tensor PlusInPlace(this Tensor tensor, float number) => With(number, scalar => tensor.add_(scalar, One));

    /// <summary>Multiplies the numbers in place.</summary>
    public static Tensor TimesInPlace(this Tensor tensor, float factor) => With(factor, tensor.mul_);

    /// <summary>Divides the numbers in place.</summary>
    public static Tensor DividedByInPlace(this Tensor tensor, float divisor) => With(divisor, scalar => tensor.div_(scalar));

    /// <summary>Returns a tensor in which all numbers are the same.</summary>
    public static Tensor Filled(long[] shape, float number, Device? device = null) =>
        With(number, scalar => full(shape, scalar, ScalarType.Float32, device));

    private static Tensor With(Scalar number, Func<Scalar, Tensor> operation)
    {
        using (number) return operation(number);
    }
}
