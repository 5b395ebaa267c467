using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>The network of the trainers that say one thing of a whole sequence: embed → encode → pool.</summary>
public sealed record RnnNetworkOptions : RnnEncoderOptions
{
    private readonly RnnPooling? _pooling;

    /// <summary>How the states of a sequence become one vector.</summary>
    /// <value>The default is <see cref="RnnPooling.Max"/>; without recurrence (<see cref="RnnCell.None"/>) <see cref="RnnPooling.Mean"/>.</value>
    [Sweep.Choice(new object[] { RnnPooling.Max, RnnPooling.Mean, RnnPooling.Attention, RnnPooling.LastMaxMean }, RnnPooling.Max)]
    public RnnPooling Pooling
    {
        get => _pooling ?? (Cell == RnnCell.None ? RnnPooling.Mean : RnnPooling.Max);
        init => _pooling = value;
    }

    /// <summary>
    /// Whether the largest values of the word vectors stand beside the pooled states, so that a word can speak for itself (as in the recurrent
    /// convolutional network of Lai et al., 2015).
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool PoolWords { get; init; }

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (Cell == RnnCell.None && Pooling is (RnnPooling.Last or RnnPooling.LastMaxMean))
                yield return $"{nameof(Pooling)}: expected Max, Mean or Attention where {nameof(Cell)} is None, got {Pooling}: a bag of words has no last state";
        }
    }
}
