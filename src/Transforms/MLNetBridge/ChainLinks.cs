using Microsoft.ML;

namespace MlNetRnn.MLNetBridge;

/// <summary>The transformers of a chain, which may contain chains.</summary>
internal static class ChainLinks
{
    /// <summary>Returns the links in their order; the model itself if it is not a chain.</summary>
    public static IEnumerable<ITransformer> Of(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Of) : [model];
}
