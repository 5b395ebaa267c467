using MlNetRnn.Kernels;

namespace MlNetRnn.Trainers.Tests.Kernels;

/// <summary>All implementations of the matrix product. Tests that replace the implementation do not run at the same time as other tests.</summary>
[CollectionDefinition(nameof(ProductKernels), DisableParallelization = true)]
public class ProductKernels
{
    internal static readonly (ProductKernel Kernel, int Lanes)[] All =
    [
        (ProductKernel.Managed, 16), (ProductKernel.Managed, 8), (ProductKernel.Managed, 4), (ProductKernel.Blas, 16), (ProductKernel.Tensors, 16),
    ];

    /// <summary>Runs a test with each implementation. Without the BLAS of libtorch, its tensor operation is tested twice.</summary>
    internal static void WithEach(Action test)
    {
        (ProductKernel Kernel, int Lanes) before = (MatrixProduct.Kernel, BlockedProduct.Lanes);
        try
        {
            foreach ((ProductKernel Kernel, int Lanes) each in All)
            {
                (MatrixProduct.Kernel, BlockedProduct.Lanes) = each;
                test();
            }
        }
        finally
        {
            (MatrixProduct.Kernel, BlockedProduct.Lanes) = before;
        }
    }
}
