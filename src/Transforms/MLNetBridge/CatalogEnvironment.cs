using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MlNetRnn.MLNetBridge;

/// <summary>The environment of a catalog: seed, log, cancellation and devices of the user's MLContext.</summary>
internal static class CatalogEnvironment
{
    /// <summary>Returns the environment of a catalog.</summary>
    /// <exception cref="NotSupportedException">This version of ML.NET is not supported.</exception>
    public static IHostEnvironment Of(object catalog)
    {
        SupportedMLNet.Require();
        return EnvironmentOf(catalog);
    }

    /// <summary>Returns the GPU that the user's MLContext requests (<c>GpuDeviceId</c>, <c>FallbackToCpu</c>).</summary>
    public static (int? Device, bool FallBackToCpu) Gpu(IHostEnvironment environment) =>
        environment is IHostEnvironmentInternal settings ? (settings.GpuDeviceId, settings.FallbackToCpu) : default;

    /// <summary>Returns the seed of the user's MLContext; null without one.</summary>
    public static int? Seed(IHostEnvironment environment) => (environment as IHostEnvironmentInternal)?.Seed;

    /// <summary>Cancels all operations of an MLContext.</summary>
    public static void Cancel(MLContext context) => context.CancelExecution();

    /// <summary>Returns whether the operations of the user's MLContext were canceled, as AutoML does when its time is over.</summary>
    public static bool IsCanceled(IHostEnvironment environment) => environment is ICancelable { IsCanceled: true };

    // A method of its own, which is compiled only after the check: a missing member throws when the method that calls it is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IHostEnvironment EnvironmentOf(object catalog) => ((IInternalCatalog)catalog).Environment;
}
