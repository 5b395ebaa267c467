using MlNetRnn.Batching;
using MlNetRnn.Onnx;

namespace MlNetRnn.Modules;

/// <summary>A layer that turns the steps of a sequence into vectors. It declares its input of the graph.</summary>
internal abstract class InputLayer : IDisposable
{
    /// <summary>Size of a vector, E.</summary>
    public abstract int Size { get; }

    /// <summary>Whether the steps of the main column are frames.</summary>
    public virtual bool ReadsFrames => false;

    /// <summary>Returns a vector for each token or frame of a batch.</summary>
    public abstract LayerInput Forward(PackedBatch batch, ForwardMode mode);

    /// <summary>Exports the layer and declares its inputs.</summary>
    /// <returns>[T,B,E]</returns>
    public abstract string Export(OnnxGraph graph);

    /// <summary>Releases the working memory of the layer. Its weights belong to the network.</summary>
    public virtual void Dispose()
    {
    }
}
