using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// The input of a recurrent layer: a vector for each of the N tokens of a batch. Tokens that share a vector, such as equal words, refer to one of U distinct
/// vectors. The layer projects each of them once, which saves a large part of the matrix products for text.
/// </summary>
/// <param name="Vectors">[U,I]</param>
/// <param name="Places">Index of the vector of each token, [N]; null if each token has its own vector (U = N).</param>
internal readonly record struct LayerInput(Tensor Vectors, int[]? Places)
{
    /// <summary>Returns one vector per token, [N,I].</summary>
    public Tensor Expanded() => Places is null ? Vectors : Vectors.index_select(0, tensor(Places, ScalarType.Int64, Vectors.device));
}
