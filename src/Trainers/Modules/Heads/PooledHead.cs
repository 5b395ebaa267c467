using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The last layer of a network with one output per sequence: it maps the pooled vector to the output.</summary>
internal abstract class PooledHead
{
    /// <summary>Computes the argument of the loss.</summary>
    /// <param name="pooled">The vectors of the sequences, [B,S].</param>
    /// <returns>[B,R]</returns>
    public abstract Tensor Forward(Tensor pooled);

    /// <summary>Multiplies the logits by a factor, which makes the probabilities more or less certain. The most probable class stays the same.</summary>
    /// <param name="factor">The factor, greater than 0.</param>
    /// <remarks>Ordinal classes whose probabilities are nearly equal can change places.</remarks>
    public virtual void Sharpen(float factor)
    {
    }

    /// <summary>Writes the layer to a graph, with its outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="pooled">The name of the vectors, [B,S].</param>
    public abstract void Export(OnnxGraph graph, string pooled);
}
