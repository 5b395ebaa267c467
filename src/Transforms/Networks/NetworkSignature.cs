namespace MlNetRnn.Networks;

/// <summary>The names of a network's inputs and outputs, the same in every graph that the library writes. docs/model-format.md explains them.</summary>
internal static class NetworkSignature
{
    /// <summary>int64 [B,T]: token numbers, padded with 0 after the end of a row. Where the steps are tokens.</summary>
    public const string Tokens = "tokens";

    /// <summary>float [B,T,F]: frames, anything after the end of a row; NaN is a missing value. Where the steps are frames.</summary>
    public const string Frames = "frames";

    /// <summary>int32 [B]: the true length of each row, at least 1.</summary>
    public const string Lengths = "lengths";

    /// <summary>float [B,K]: the probability of each class; [B,1]: the raw score of a binary classifier, or the number that a regression says.</summary>
    public const string Scores = "scores";

    /// <summary>float [B,1]: the probability of the class true.</summary>
    public const string Probability = "probability";

    /// <summary>float [B,T]: the weight of each step in attention pooling; 0 after the end of a row.</summary>
    public const string Attention = "attention";
}

/// <summary>An output of a network.</summary>
/// <param name="Name">One of <see cref="NetworkSignature"/>.</param>
/// <param name="IsPerStep">Whether its second dimension is T: what lies after the end of a row is cut off.</param>
internal readonly record struct NetworkOutput(string Name, bool IsPerStep = false);
