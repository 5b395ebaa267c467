using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>An encoder that turns the character vectors of a word into one vector.</summary>
internal abstract class CharacterEncoder : IDisposable
{
    /// <summary>D, the size of the vector.</summary>
    public abstract int Size { get; }

    /// <summary>Encodes the words of a batch.</summary>
    /// <param name="characters">Vectors of the characters.</param>
    /// <param name="words">Layout of the characters.</param>
    /// <returns>[W,D], in the order of the packed words.</returns>
    public abstract Tensor Forward(LayerInput characters, PackedBatch words);

    /// <summary>Exports the encoder.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="x">Character vectors, [C,W,E].</param>
    /// <param name="lengths">Number of characters of each word, int32 [W].</param>
    /// <returns>[W,D]</returns>
    public abstract string Export(OnnxGraph graph, string x, string lengths);

    public virtual void Dispose()
    {
    }
}
