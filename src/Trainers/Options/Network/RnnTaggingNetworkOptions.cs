using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>The network of the sequence tagger: embed words and characters → encode → tags.</summary>
public sealed record RnnTaggingNetworkOptions : RnnEncoderOptions
{
    /// <summary>How the characters of a token become a vector beside that of the word. Frames of numbers have no characters.</summary>
    /// <value>The default is <see cref="RnnCharacterEncoder.Lstm"/>.</value>
    [Sweep.Choice(new object[] { RnnCharacterEncoder.Lstm, RnnCharacterEncoder.Convolution }, RnnCharacterEncoder.Lstm)]
    public RnnCharacterEncoder Characters { get; init; } = RnnCharacterEncoder.Lstm;

    /// <summary>The size of the vector of a character: 1 to 1024.</summary>
    /// <value>The default is 32.</value>
    [Valid.Range(1, 1024)]
    public int CharacterEmbeddingSize { get; init; } = 32;

    /// <summary>The size of the vector that the characters of a token become: 2 to 2048, even where two directions share it.</summary>
    /// <value>The default is 64.</value>
    [Valid.Range(2, 2048)]
    public int CharacterSize { get; init; } = 64;

    /// <summary>
    /// The probability with which a word that occurs only once in the training data is read as unknown while learning (Lample et al., 2016, section
    /// 4.3): 0 to 1. It comes on top of <see cref="RnnEncoderOptions.WordDropout"/>.
    /// </summary>
    /// <value>The default is 0.5.</value>
    [Valid.Range(0f, 1f)]
    public float SingletonDropout { get; init; } = 0.5f;

    /// <summary>What a tag has to do with the tags beside it.</summary>
    /// <value>The default is <see cref="RnnTagDependency.Auto"/>.</value>
    public RnnTagDependency Dependency { get; init; } = RnnTagDependency.Auto;

    /// <summary>k: how many tags feed the next step where <see cref="Dependency"/> is <see cref="RnnTagDependency.PreviousTags"/>: 0 to 2.</summary>
    /// <value>The default is 1.</value>
    [Valid.Range(0, 2)]
    public int PreviousTags { get; init; } = 1;

    /// <summary>
    /// How many sequences are followed in search of the best where <see cref="Dependency"/> is <see cref="RnnTagDependency.PreviousTags"/>: 1 to 100; 1
    /// takes the most probable tag of each step. The other searches are exact.
    /// </summary>
    /// <value>The default is 4.</value>
    [Valid.Range(1, 100)]
    public int BeamWidth { get; init; } = 4;

    /// <summary>
    /// Whether tags that mark spans keep the rules of IOB2 or IOBES: no span goes on that has not begun. Where the training data itself breaks the
    /// rules (as IOB1 does), a warning is logged and predictions need not keep them either.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool KeepSpanRules { get; init; } = true;

    /// <summary>
    /// By how much more than otherwise the tag of a step within a span must outdo "outside" while learning (softmax margin; Gimpel and Smith, 2010): 0 to
    /// 100. The more, the more spans are found, and the more wrong ones among them: for names that are mostly missed, 2 to 4. Probabilities lean
    /// towards spans as well. Without meaning where tags mark no spans.
    /// </summary>
    /// <value>The default is 0.</value>
    [Valid.Range(0f, 100f)]
    [Sweep.Range(0f, 4f, 0f)]
    public float MissedSpanCost { get; init; }

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (Characters == RnnCharacterEncoder.Lstm && CharacterSize % 2 != 0)
                yield return $"{nameof(CharacterSize)}: expected an even number where {nameof(Characters)} is Lstm, got {CharacterSize}: two directions share it";
        }
    }
}
