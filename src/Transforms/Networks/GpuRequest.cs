using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Networks;

/// <summary>The GPU that the user requests for a network.</summary>
/// <param name="Device">The number of the CUDA device; null for the CPU.</param>
/// <param name="FallBackToCpu">Whether to run on the CPU if the GPU is not available; otherwise an exception is thrown.</param>
internal readonly record struct GpuRequest(int? Device, bool FallBackToCpu)
{
    /// <summary>Configures a session to run on the GPU.</summary>
    /// <exception cref="InvalidOperationException">The GPU or the CUDA build of ONNX Runtime is not available, and a fallback is not allowed.</exception>
    public void Append(SessionOptions options)
    {
        if (Device is not { } device) return;
        try
        {
            options.AppendExecutionProvider_CUDA(device);
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            if (!FallBackToCpu) throw Refusal("the package Microsoft.ML.OnnxRuntime.Gpu", e.Message, e);
        }
    }

    /// <summary>Creates the exception for a GPU that is not available.</summary>
    public InvalidOperationException Refusal(string package, string got, Exception? inner = null) =>
        new(
            $"GPU {Device} (MLContext.GpuDeviceId): expected a CUDA device and {package}, got: {got} "
            + "Install it, set GpuDeviceId to null, or set FallbackToCpu.",
            inner);
}
