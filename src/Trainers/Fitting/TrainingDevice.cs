using Microsoft.ML.Runtime;
using MlNetRnn.Native;
using MlNetRnn.Networks;
using TorchSharp;

namespace MlNetRnn.Fitting;

/// <summary>The device that learning runs on.</summary>
internal static class TrainingDevice
{
    /// <param name="request">What the user's MLContext asks for.</param>
    /// <param name="channel">ML.NET's log.</param>
    /// <exception cref="InvalidOperationException">There is no such GPU, and the CPU is not wanted.</exception>
    public static torch.Device Of(GpuRequest request, IChannel channel)
    {
        if (request.Device is not { } device) return torch.CPU;
        LibtorchLoader.EnsureLoaded();
        int present = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (device < present) return torch.device(DeviceType.CUDA, device);
        string got = $"{present} such devices.";
        if (!request.FallBackToCpu) throw request.Refusal("the package TorchSharp-cuda-linux or TorchSharp-cuda-windows", got);
        channel.Warning(MessageSensitivity.None, $"GPU {device} (MLContext.GpuDeviceId) is not there ({got[..^1]}): training on the CPU (FallbackToCpu).");
        return torch.CPU;
    }
}
