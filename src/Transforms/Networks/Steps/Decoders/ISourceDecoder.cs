using MlNetRnn.Decoding;

namespace MlNetRnn.Networks;

/// <summary>A decoder, each row of which reads a source. At the beginning, row i reads source i.</summary>
internal interface ISourceDecoder : INextSymbols
{
    /// <summary>The weights of the source steps of each row in the last step, [B][S]; empty without attention.</summary>
    IReadOnlyList<float[]> Attention { get; }
}
