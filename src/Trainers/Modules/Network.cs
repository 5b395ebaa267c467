using MlNetRnn.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>A network that is learned.</summary>
/// <param name="random">Where the first weights come from.</param>
internal abstract class Network(Generator random) : IDisposable
{
    public ParameterSet Parameters { get; } = new(random);

    /// <summary>Where a step is computed; the weights stay where the optimizer is, on the CPU.</summary>
    public Device Device { get; set; } = CPU;

    /// <summary>Receives the norms of the gradients of the last recurrent layer's states; null where nobody asks.</summary>
    public abstract GradientFlow? Flow { get; set; }

    /// <summary>The network as an ONNX model with the inputs and outputs of <see cref="NetworkSignature"/>.</summary>
    public abstract byte[] Export();

    public virtual void Dispose() => Parameters.Dispose();

    /// <summary>The input of the first layer where the step is computed.</summary>
    protected LayerInput OnDevice(LayerInput x) => Device.type == DeviceType.CPU ? x : x with { Vectors = x.Vectors.to(Device) };
}
