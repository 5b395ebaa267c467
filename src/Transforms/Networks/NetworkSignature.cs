using System.Globalization;

namespace MlNetRnn.Networks;

/// <summary>The names of the inputs and outputs of a network. Every graph that the library writes uses them. docs/model-format.md describes them.</summary>
internal static class NetworkSignature
{
    /// <summary>int64 [B,T]: token numbers, padded with 0 after the end of a row. For steps that are tokens.</summary>
    public const string Tokens = "tokens";

    /// <summary>float [B,T,F]: frames, with any values after the end of a row; NaN is a missing value. For steps that are frames.</summary>
    public const string Frames = "frames";

    /// <summary>int32 [B]: the true length of each row, at least 1.</summary>
    public const string Lengths = "lengths";

    /// <summary>int64 [1]: the width of the grids of a batch, all of which have the same size. For steps that are the cells of a grid, row by row.</summary>
    public const string Width = "width";

    /// <summary>int64 [W,C]: the characters of the W distinct words of a batch, padded with 0 after the end of a word.</summary>
    public const string Characters = "characters";

    /// <summary>int32 [W]: the number of characters of each word, at least 1.</summary>
    public const string CharacterLengths = "character_lengths";

    /// <summary>int64 [B,T]: the index of the word of each step; any value after the end of a row.</summary>
    public const string Words = "words";

    /// <summary>float [B,K]: the probability of each class; [B,1]: the raw score of a binary classifier, or the prediction of a regression.</summary>
    public const string Scores = "scores";

    /// <summary>float [B,1]: the probability of the class true.</summary>
    public const string Probability = "probability";

    /// <summary>float [B,T]: the weight of each step in attention pooling; 0 after the end of a row.</summary>
    public const string Attention = "attention";

    /// <summary>
    /// float [B,T,N·R]: what the n-grams of 1 … N tokens that begin at each step add to each of the R scores; 0 for an n-gram without a score.
    /// </summary>
    public const string NGramScores = "ngram_scores";

    /// <summary>float [B,T,R]: the emissions, from which a decoder finds the best tags: scores of the tags (R = K), or hidden units.</summary>
    public const string Emissions = "emissions";

    /// <summary>float [K+2,K]: the score of each tag after each tag; in the last two rows, of the first and of the last tag. The same for all rows.</summary>
    public const string Transitions = "transitions";

    /// <summary>
    /// float [k,K+1,R]: the values that the 1st … k-th previous tag adds to the hidden units; row K stands for the position before the first step. The same for
    /// all rows.
    /// </summary>
    public const string PreviousTags = "previous_tags";

    /// <summary>
    /// float [K,R+1]: the weights from tanh of the hidden units to the scores of the tags; the last column is the bias. The same for all rows.
    /// </summary>
    public const string TagScores = "tag_scores";

    /// <summary>int64 [B,T]: the symbol after each step of a language model; any valid symbol after the end of a row.</summary>
    public const string Targets = "targets";

    /// <summary>float [B,T]: the log-probability of each target.</summary>
    public const string LogProbability = "log_probability";

    /// <summary>float [B,V]: the logits of the symbol after the last step of each row.</summary>
    public const string Logits = "logits";

    /// <summary>float [B,C]: the last state of each direction of an encoder.</summary>
    public const string EncoderState = "encoder_state";

    /// <summary>float [B,S,C]: the states of an encoder, which a decoder reads.</summary>
    public const string SourceStates = "source_states";

    /// <summary>float [B,S,A]: what a decoder compares its state with.</summary>
    public const string SourceKeys = "source_keys";

    /// <summary>float [B,S,4]: the box of each region of an image that an encoder has computed: left, top, width, height, as shares of the image.</summary>
    public const string Boxes = "boxes";

    /// <summary>int32 [B]: the true length of each source.</summary>
    public const string SourceLengths = "source_lengths";

    /// <summary>Returns the name of the input for the state h of a layer, float [1,B,H].</summary>
    public static string Hidden(int layer) => string.Create(CultureInfo.InvariantCulture, $"hidden_{layer}");

    /// <summary>Returns the name of the input for the memory C of a layer, float [1,B,H].</summary>
    public static string Memory(int layer) => string.Create(CultureInfo.InvariantCulture, $"memory_{layer}");

    /// <summary>Returns whether an input is the state of a layer.</summary>
    public static bool IsState(string input) =>
        input.StartsWith("hidden_", StringComparison.Ordinal) || input.StartsWith("memory_", StringComparison.Ordinal);

    /// <summary>Returns the name of the output for a state after the last step of each row, given the name of its input.</summary>
    public static string Next(string state) => "next_" + state;

    /// <summary>Returns the name of an input for a column: 0 is the main column, 1 the first additional one.</summary>
    public static string OfColumn(string name, int column) =>
        column == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{column}");
}
