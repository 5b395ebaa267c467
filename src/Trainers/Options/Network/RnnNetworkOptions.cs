using Sweep = Microsoft.ML.SearchSpace;

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

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (Cell == RnnCell.None && Pooling is (RnnPooling.Last or RnnPooling.LastMaxMean))
                yield return $"{nameof(Pooling)}: expected Max, Mean or Attention when {nameof(Cell)} is None, got {Pooling}: a bag of words has no last state";
        }
    }
}
