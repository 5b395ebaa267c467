using System.Globalization;

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

    /// <summary>int64 [W,C]: the characters of the W different words of a batch, padded with 0 after the end of a word.</summary>
    public const string Characters = "characters";

    /// <summary>int32 [W]: how many characters each word has, at least 1.</summary>
    public const string CharacterLengths = "character_lengths";

    /// <summary>int64 [B,T]: which of the W words each step is; anything after the end of a row.</summary>
    public const string Words = "words";

    /// <summary>float [B,K]: the probability of each class; [B,1]: the raw score of a binary classifier, or the number that a regression says.</summary>
    public const string Scores = "scores";

    /// <summary>float [B,1]: the probability of the class true.</summary>
    public const string Probability = "probability";

    /// <summary>float [B,T]: the weight of each step in attention pooling; 0 after the end of a row.</summary>
    public const string Attention = "attention";

    /// <summary>float [B,T,R]: what the step says of its own tag, for the search of the best tags: scores of the tags (R = K), or hidden units.</summary>
    public const string Emissions = "emissions";

    /// <summary>float [K+2,K]: the score of each tag after each other one; in the last two rows those of the first and of the last tag. The same for all rows.</summary>
    public const string Transitions = "transitions";

    /// <summary>float [k,K+1,R]: what the 1st … k-th last tag adds to the hidden units; row K stands for the time before the first step.</summary>
    public const string PreviousTags = "previous_tags";

    /// <summary>float [K,R+1]: from tanh of the hidden units to the scores of the tags; the last column is added.</summary>
    public const string TagScores = "tag_scores";

    /// <summary>The name of an input of an additional column, the first of which has the number 1; the main column has 0.</summary>
    public static string OfColumn(string name, int column) => column == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{column}");
}

/// <summary>An output of a network.</summary>
/// <param name="Name">One of <see cref="NetworkSignature"/>.</param>
/// <param name="Extent">What its numbers belong to.</param>
/// <param name="NumbersPerStep">About how many numbers a step has, where they belong to steps: it bounds how many rows run together.</param>
internal readonly record struct NetworkOutput(string Name, OutputExtent Extent = OutputExtent.Row, int NumbersPerStep = 0);

/// <summary>What the numbers of an output belong to.</summary>
internal enum OutputExtent
{
    Row,

    /// <summary>The second dimension is T: what lies after the end of a row is cut off.</summary>
    Step,
}
