using MlNetRnn.Batching;
using MlNetRnn.Onnx;


namespace MlNetRnn.Modules;

/// <summary>The steps of a sequence → vectors. Declares the input of the graph.</summary>
internal abstract class InputLayer : IDisposable
{
    /// <summary>The size of a vector, E.</summary>
    public abstract int Size { get; }

    /// <returns>A vector for each token or frame.</returns>
    public abstract LayerInput Forward(PackedBatch batch, ForwardMode mode);

    /// <returns>[T,B,E]</returns>
    public abstract string Export(OnnxGraph graph);

    /// <summary>Releases the working memory of the layer; its weights belong to the network.</summary>
    public virtual void Dispose()
    {
    }
}
