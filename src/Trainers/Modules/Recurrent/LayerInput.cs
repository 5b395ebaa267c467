using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// What a recurrent layer reads: a vector for each of the N tokens of a batch. Where tokens share vectors, as equal words do, only the
/// U different ones are there: projecting them once instead of at every place saves a large part of a text's matrix products.
/// </summary>
/// <param name="Vectors">[U,I]</param>
/// <param name="Places">Which vector each token has, [N]; null where every token has its own (U = N).</param>
internal readonly record struct LayerInput(Tensor Vectors, int[]? Places)
{
    /// <summary>One vector a token, [N,I].</summary>
    public Tensor Expanded() => Places is null ? Vectors : Vectors.index_select(0, tensor(Places, ScalarType.Int64, Vectors.device));
}
