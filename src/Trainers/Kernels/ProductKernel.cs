namespace MlNetRnn.Kernels;

/// <summary>The implementation of a matrix product.</summary>
internal enum ProductKernel
{
    /// <summary>The managed kernel of this library: <see cref="BlockedProduct"/>.</summary>
    Managed,

    /// <summary>The BLAS of libtorch, called directly.</summary>
    Blas,

    /// <summary>A tensor operation of libtorch.</summary>
    Tensors,
}
