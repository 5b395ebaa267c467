using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Networks;

/// <summary>The GPU on which the user wants a network to run.</summary>
/// <param name="Device">Its number; null for the CPU.</param>
/// <param name="FallBackToCpu">What to do where it is not there: run on the CPU, or refuse.</param>
internal readonly record struct GpuRequest(int? Device, bool FallBackToCpu)
{
    /// <summary>Has a session run there.</summary>
    /// <exception cref="InvalidOperationException">There is no such GPU, or ONNX Runtime has no code for it, and the CPU is not wanted.</exception>
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

    /// <summary>What to say where the GPU is not to be had.</summary>
    public InvalidOperationException Refusal(string package, string got, Exception? inner = null) =>
        new($"GPU {Device} (MLContext.GpuDeviceId): expected a CUDA device and {package}, got: {got} Install it, set GpuDeviceId to null, or set FallbackToCpu.", inner);
}
