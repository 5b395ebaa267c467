using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for the conversion of text to a sequence of words.</summary>
public sealed record RnnTextOptions : Valid.IValidatableObject
{
    /// <summary>Method that splits a text into tokens. A column that already contains tokens (<c>Vector&lt;String&gt;</c>) is not split.</summary>
    /// <value>The default is <see cref="RnnTokenization.Word"/>.</value>
    public RnnTokenization Tokenization { get; init; } = RnnTokenization.Word;

    /// <summary>Whether text is converted to lower case.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool LowerCase { get; init; } = true;

    /// <summary>Minimum number of occurrences of a word in the training data. Rarer words are replaced by the unknown word.</summary>
    /// <value>1 or more. The default is 1.</value>
    [Valid.Range(1, int.MaxValue)]
    public int MinimumCount { get; init; } = 1;

    /// <summary>
    /// Maximum number of words in the vocabulary, which contains the most frequent words. If training continues from a model, the maximum number of new words.
    /// </summary>
    /// <value>1 to 10,000,000. The default is 50,000.</value>
    [Valid.Range(1, 10_000_000)]
    public int MaximumVocabularySize { get; init; } = 50_000;

    /// <summary>
    /// Whether each pair of adjacent words is added to the sequence (as in fastText; Joulin et al., 2017). Requires <see cref="RnnCell.None"/>, which does not
    /// take word order into account otherwise.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool WordBigrams { get; init; }

    /// <summary>Path of a text file of pretrained word vectors, which are the initial values of the word vectors.</summary>
    /// <remarks>
    /// Each line contains a word and its numbers, separated by spaces (GloVe), with or without a first line of counts (fastText, word2vec). The vectors must
    /// have the size <see cref="RnnEncoderOptions.EmbeddingSize"/>. Words of the file that are not in the training data are added to the vocabulary, in the
    /// order of the file, up to <see cref="MaximumVocabularySize"/>. Words that are not in the file have random initial vectors.
    /// </remarks>
    /// <value>The default is <see langword="null"/>: all initial vectors are random.</value>
    public string? PretrainedVectors { get; init; }

    /// <summary>
    /// Whether the word vectors of <see cref="PretrainedVectors"/> remain unchanged during training. Words that are not in the file, and the unknown word, then
    /// have the vector 0.
    /// </summary>
    /// <value>The default is <see langword="false"/>: training changes the vectors.</value>
    public bool FreezeVectors { get; init; }

    /// <summary>
    /// Maximum length of a sequence, in tokens or frames. Longer sequences are truncated, both in training and in scoring. Training logs the number of
    /// truncated sequences.
    /// </summary>
    /// <value>1 to 16,384. The default is 1,000, or 16,384 for <see cref="RnnSequenceTaggingOptions"/>.</value>
    [Valid.Range(1, 16_384)]
    public int MaximumLength { get; init; } = 1000;

    IEnumerable<Valid.ValidationResult> Valid.IValidatableObject.Validate(Valid.ValidationContext validationContext)
    {
        if (FreezeVectors && PretrainedVectors is null)
            yield return new Valid.ValidationResult(
                $"{nameof(FreezeVectors)}: expected false when {nameof(PretrainedVectors)} is null, got true: random vectors must be trained");
    }
}
