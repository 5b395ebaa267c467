using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The vectors of a sequence → a state for each step.</summary>
internal abstract class SequenceEncoder : IDisposable
{
    /// <summary>The size of a state.</summary>
    public abstract int OutputSize { get; }

    /// <summary>D: in how many directions it reads.</summary>
    public abstract int Directions { get; }

    /// <summary>How many hidden layers of a perceptron are to follow the pooling.</summary>
    public virtual int HiddenLayersAfterPooling => 0;

    /// <summary>Receives the norms of the gradients of the last layer's states; null where nobody asks.</summary>
    public virtual GradientFlow? Flow { get; set; }

    /// <param name="input">The vectors of the batch's steps.</param>
    /// <param name="batch">How they are packed.</param>
    /// <param name="mode">Learning or scoring.</param>
    /// <returns>[N,S]</returns>
    public abstract Tensor Forward(LayerInput input, PackedBatch batch, ForwardMode mode);

    /// <param name="graph">The graph.</param>
    /// <param name="x">[T,B,I]</param>
    /// <param name="lengths">[B]</param>
    /// <returns>The states [T,B,S] and the final states [D,B,H] of the last layer.</returns>
    public abstract (string States, string Final) Export(OnnxGraph graph, string x, string lengths);

    public virtual void Dispose()
    {
    }
}
