using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>How text becomes a sequence of known words.</summary>
public sealed record RnnTextOptions
{
    /// <summary>How a text is cut into tokens. A column that holds tokens already (<c>Vector&lt;String&gt;</c>) is taken as it is.</summary>
    /// <value>The default is <see cref="RnnTokenization.Word"/>.</value>
    public RnnTokenization Tokenization { get; init; } = RnnTokenization.Word;

    /// <summary>Whether upper and lower case are the same.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool LowerCase { get; init; } = true;

    /// <summary>Words that occur more rarely in the training data are read as unknown: 1 or more.</summary>
    /// <value>The default is 1.</value>
    [Valid.Range(1, int.MaxValue)]
    public int MinimumCount { get; init; } = 1;

    /// <summary>At most so many words, the most frequent ones, are known: 1 to 10,000,000.</summary>
    /// <value>The default is 50,000.</value>
    [Valid.Range(1, 10_000_000)]
    public int MaximumVocabularySize { get; init; } = 50_000;

    /// <summary>Longer sequences are cut after so many tokens, in training and in scoring: 1 to 16,384. Training logs how many were cut.</summary>
    /// <value>The default is 1000.</value>
    [Valid.Range(1, 16_384)]
    public int MaximumLength { get; init; } = 1000;
}
