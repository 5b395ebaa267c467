using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The vectors of a word's characters → one vector.</summary>
internal abstract class CharacterEncoder : IDisposable
{
    /// <summary>D, the size of that vector.</summary>
    public abstract int Size { get; }

    /// <param name="characters">The vectors of the characters.</param>
    /// <param name="words">How they are packed.</param>
    /// <returns>[W,D], in the order of the packed words.</returns>
    public abstract Tensor Forward(LayerInput characters, PackedBatch words);

    /// <param name="graph">The graph.</param>
    /// <param name="x">[C,W,E]</param>
    /// <param name="lengths">int32 [W]</param>
    /// <returns>[W,D]</returns>
    public abstract string Export(OnnxGraph graph, string x, string lengths);

    public virtual void Dispose()
    {
    }
}
