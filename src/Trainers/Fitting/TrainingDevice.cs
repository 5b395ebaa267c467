using Microsoft.ML.Runtime;
using MlNetRnn.Native;
using MlNetRnn.Networks;
using TorchSharp;

namespace MlNetRnn.Fitting;

/// <summary>The device that a training runs on.</summary>
internal static class TrainingDevice
{
    /// <summary>Returns the device that the MLContext specifies.</summary>
    /// <param name="request">The GPU options of the MLContext.</param>
    /// <param name="channel">The log of ML.NET.</param>
    /// <exception cref="InvalidOperationException">The GPU does not exist and FallbackToCpu is false.</exception>
    public static torch.Device Of(GpuRequest request, IChannel channel)
    {
        if (request.Device is not { } device) return torch.CPU;
        LibtorchLoader.EnsureLoaded();
        int present = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (device < present) return torch.device(DeviceType.CUDA, device);
        string got = $"{present} such devices.";
        if (!request.FallBackToCpu) throw request.Refusal("the package TorchSharp-cuda-linux or TorchSharp-cuda-windows", got);
        channel.Warning(MessageSensitivity.None, $"GPU {device} (MLContext.GpuDeviceId) does not exist ({got[..^1]}): training on the CPU (FallbackToCpu).");
        return torch.CPU;
    }
}
