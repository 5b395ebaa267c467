using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The vector of a sequence → what the network says of it.</summary>
internal abstract class Head
{
    /// <param name="pooled">[B,S]</param>
    /// <returns>What the loss is a function of, [B,R].</returns>
    public abstract Tensor Forward(Tensor pooled);

    /// <summary>Makes the answers more or less certain. The most probable one stays, but where ordered classes are as good as equal.</summary>
    /// <param name="factor">What the logits are multiplied with.</param>
    public virtual void Sharpen(float factor)
    {
    }

    /// <summary>Declares and computes the outputs of the graph.</summary>
    public abstract void Export(OnnxGraph graph, string pooled);
}
