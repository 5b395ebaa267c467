using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MlNetRnn.MLNetBridge;

/// <summary>The environment behind a catalog: seed, log, cancel flag and devices of the user's MLContext.</summary>
internal static class CatalogEnvironment
{
    /// <exception cref="NotSupportedException">This version of ML.NET is not supported.</exception>
    public static IHostEnvironment Of(object catalog)
    {
        SupportedMLNet.Require();
        return EnvironmentOf(catalog);
    }

    /// <summary>The GPU that the user's MLContext asks for (<c>GpuDeviceId</c>, <c>FallbackToCpu</c>).</summary>
    public static (int? Device, bool FallBackToCpu) Gpu(IHostEnvironment environment) =>
        environment is IHostEnvironmentInternal settings ? (settings.GpuDeviceId, settings.FallbackToCpu) : default;

    /// <summary>The seed of the user's MLContext; null where it has none.</summary>
    public static int? Seed(IHostEnvironment environment) => (environment as IHostEnvironmentInternal)?.Seed;

    /// <summary>Tells everything that an MLContext is doing to stop.</summary>
    public static void Cancel(MLContext context) => context.CancelExecution();

    /// <summary>Whether the user's MLContext has been told to stop (as AutoML does when its time is over).</summary>
    public static bool IsCanceled(IHostEnvironment environment) => environment is ICancelable { IsCanceled: true };

    // Compiled only after the check: what ML.NET lacks would throw when the method that calls it is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IHostEnvironment EnvironmentOf(object catalog) => ((IInternalCatalog)catalog).Environment;
}
