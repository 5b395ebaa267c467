using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>How text becomes a sequence of known words.</summary>
public sealed record RnnTextOptions : Valid.IValidatableObject
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

    /// <summary>At most so many words, the most frequent ones, are known: 1 to 10,000,000. Where training goes on from a model, so many new ones at most.</summary>
    /// <value>The default is 50,000.</value>
    [Valid.Range(1, 10_000_000)]
    public int MaximumVocabularySize { get; init; } = 50_000;

    /// <summary>
    /// Whether each pair of neighbouring words is a word too (as in fastText; Joulin et al., 2017): only for <see cref="RnnCell.None"/>, which does not
    /// see the order of the words otherwise.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool WordBigrams { get; init; }

    /// <summary>
    /// A text file of word vectors to begin with: a word and its numbers a line, separated by blanks (GloVe), with or without a first line of
    /// counts (fastText, word2vec). Vectors of the size of <see cref="RnnEncoderOptions.EmbeddingSize"/>. Words of the file that the training data
    /// lacks become known too, in the order of the file, up to <see cref="MaximumVocabularySize"/>. Words that the file lacks begin at random.
    /// </summary>
    /// <value>The default is <see langword="null"/>: random vectors.</value>
    public string? PretrainedVectors { get; init; }

    /// <summary>
    /// Whether the word vectors stay as they are in <see cref="PretrainedVectors"/>. Words that the file lacks, and the unknown word, then have the vector 0.
    /// </summary>
    /// <value>The default is <see langword="false"/>: they are learned additional.</value>
    public bool FreezeVectors { get; init; }

    /// <summary>Longer sequences are cut after so many tokens or frames, in training and in scoring: 1 to 16,384. Training logs how many were cut.</summary>
    /// <value>The default is 1000; that of a tagger's options (<see cref="RnnSequenceTaggingOptions"/>) 16,384.</value>
    [Valid.Range(1, 16_384)]
    public int MaximumLength { get; init; } = 1000;

    IEnumerable<Valid.ValidationResult> Valid.IValidatableObject.Validate(Valid.ValidationContext validationContext)
    {
        if (FreezeVectors && PretrainedVectors is null)
            yield return new Valid.ValidationResult($"{nameof(FreezeVectors)}: expected false where {nameof(PretrainedVectors)} is null, got true: random vectors must be learned");
    }
}
