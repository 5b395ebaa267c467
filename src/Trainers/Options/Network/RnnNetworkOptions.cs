using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for the network of the trainers that make one prediction per sequence: embed → encode → pool.</summary>
public sealed record RnnNetworkOptions : RnnEncoderOptions
{
    private readonly RnnPooling? _pooling;

    /// <summary>Pooling that combines the states of a sequence into one vector.</summary>
    /// <value>
    /// The default is <see cref="RnnPooling.Max"/>, or <see cref="RnnPooling.Mean"/> if <see cref="RnnEncoderOptions.Cell"/> is <see cref="RnnCell.None"/>.
    /// </value>
    [Sweep.Choice(new object[] { RnnPooling.Max, RnnPooling.Mean, RnnPooling.Attention, RnnPooling.LastMaxMean }, RnnPooling.Max)]
    public RnnPooling Pooling
    {
        get => _pooling ?? (Cell == RnnCell.None ? RnnPooling.Mean : RnnPooling.Max);
        init => _pooling = value;
    }

    /// <summary>
    /// Whether the maximum of the word vectors over the sequence is appended to the pooled states, so that a single word can influence the prediction directly
    /// (as in the recurrent convolutional network of Lai et al., 2015).
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool PoolWords { get; init; }

    /// <summary>
    /// Maximum length of the n-grams of tokens of the wide path: a linear model whose scores are added to those of the network (wide and deep learning; Cheng
    /// et al., 2016). 1 stands for single words, 2 for words and pairs of words, 0 for no wide path. Ignored for numeric frames.
    /// </summary>
    /// <remarks>
    /// Training minimizes the mean of two losses: those of the recurrent path and of the wide path, each alone. The prediction is the mean of their logits, of
    /// the best epoch of each. The two paths err on different rows, as the members of an ensemble do.
    /// </remarks>
    /// <value>0 to 5. The default is 2.</value>
    [Valid.Range(0, 5)]
    public int NGramLength { get; init; } = 2;

    /// <summary>Minimum number of occurrences of an n-gram of more than one token in the training data. Rarer ones have no score.</summary>
    /// <value>1 or more. The default is 2.</value>
    [Valid.Range(1, int.MaxValue)]
    public int MinimumNGramCount { get; init; } = 2;

    /// <summary>
    /// Maximum number of n-grams of each length above 1, of which the most frequent are kept. If training continues from a model, the maximum number of new
    /// ones. With many classes, fewer are kept, so that their scores need at most 256 MB.
    /// </summary>
    /// <value>1 to 10,000,000. The default is 500,000.</value>
    [Valid.Range(1, 10_000_000)]
    public int MaximumNGrams { get; init; } = 500_000;

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (Cell == RnnCell.None && Pooling is (RnnPooling.Last or RnnPooling.LastMaxMean))
                yield return $"{nameof(Pooling)}: expected Max, Mean or Attention when {nameof(Cell)} is None, got {Pooling}: a bag of words has no last state";
        }
    }
}
