namespace MlNetRnn.Networks;

/// <summary>The names of a network's inputs and outputs, the same in every graph that the library writes. docs/model-format.md explains them.</summary>
internal static class NetworkSignature
{
    /// <summary>int64 [B,T]: token numbers, padded with 0 after the end of a row.</summary>
    public const string Tokens = "tokens";

    /// <summary>int32 [B]: the true length of each row, at least 1.</summary>
    public const string Lengths = "lengths";

    /// <summary>float [B,K]: the probability of each class.</summary>
    public const string Scores = "scores";
}
