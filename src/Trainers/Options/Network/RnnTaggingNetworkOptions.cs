using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for the network of the sequence tagger: embed words and characters → encode → tag.</summary>
public sealed record RnnTaggingNetworkOptions : RnnEncoderOptions
{
    /// <summary>Encoder that turns the characters of a token into a vector, which is appended to the word vector. Ignored for numeric frames.</summary>
    /// <value>The default is <see cref="RnnCharacterEncoder.Lstm"/>.</value>
    [Sweep.Choice(new object[] { RnnCharacterEncoder.Lstm, RnnCharacterEncoder.Convolution }, RnnCharacterEncoder.Lstm)]
    public RnnCharacterEncoder Characters { get; init; } = RnnCharacterEncoder.Lstm;

    /// <summary>Size of a character vector.</summary>
    /// <value>1 to 1,024. The default is 32.</value>
    [Valid.Range(1, 1024)]
    public int CharacterEmbeddingSize { get; init; } = 32;

    /// <summary>
    /// Size of the vector that the characters of a token become. It must be even if <see cref="Characters"/> is <see cref="RnnCharacterEncoder.Lstm"/>, because
    /// the two directions share it.
    /// </summary>
    /// <value>2 to 2,048. The default is 64.</value>
    [Valid.Range(2, 2048)]
    public int CharacterSize { get; init; } = 64;

    /// <summary>
    /// Probability of replacing a word that occurs only once in the training data by the unknown word during training (Lample et al., 2016, section 4.3).
    /// Applied in addition to <see cref="RnnEncoderOptions.WordDropout"/>.
    /// </summary>
    /// <value>0 to 1. The default is 0.5.</value>
    [Valid.Range(0f, 1f)]
    public float SingletonDropout { get; init; } = 0.5f;

    /// <summary>
    /// Whether a linear model of the single frame is trained beside the network. The scores of both are averaged, so that the tagger is not worse than a linear
    /// model of its frames. Ignored for words, for grids and if <see cref="Dependency"/> is <see cref="RnnTagDependency.PreviousTags"/>.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool LinearPath { get; init; } = true;

    /// <summary>How the tagger models dependencies between adjacent tags.</summary>
    /// <value>The default is <see cref="RnnTagDependency.Auto"/>.</value>
    public RnnTagDependency Dependency { get; init; } = RnnTagDependency.Auto;

    /// <summary>
    /// Number k of previous tags that are an input of the next step if <see cref="Dependency"/> is <see cref="RnnTagDependency.PreviousTags"/>.
    /// </summary>
    /// <value>0 to 2. The default is 1.</value>
    [Valid.Range(0, 2)]
    public int PreviousTags { get; init; } = 1;

    /// <summary>
    /// Number of sequences that beam search keeps if <see cref="Dependency"/> is <see cref="RnnTagDependency.PreviousTags"/>. With 1, the search is greedy: it
    /// takes the most probable tag of each step. The other dependencies are decoded exactly and ignore this option.
    /// </summary>
    /// <value>1 to 100. The default is 4.</value>
    [Valid.Range(1, 100)]
    public int BeamWidth { get; init; } = 4;

    /// <summary>
    /// Whether predicted tags that mark spans keep the rules of IOB2 or IOBES: a span cannot continue before it has begun. If the training data itself breaks
    /// the rules (as IOB1 does), a warning is logged and predictions may break them, too.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool KeepSpanRules { get; init; } = true;

    /// <summary>
    /// Additional margin by which the score of a tag inside a span must exceed the score of "outside" during training (softmax margin; Gimpel and Smith, 2010).
    /// A larger value finds more spans and also more wrong ones, and shifts probabilities toward spans. Values from 2 to 4 are useful if most names are missed.
    /// Ignored if the tags do not mark spans.
    /// </summary>
    /// <value>0 to 100. The default is 0.</value>
    [Valid.Range(0f, 100f)]
    [Sweep.Range(0f, 4f, 0f)]
    public float MissedSpanCost { get; init; }

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (Characters == RnnCharacterEncoder.Lstm && CharacterSize % 2 != 0)
                yield return $"{nameof(CharacterSize)}: expected an even number when {nameof(Characters)} is Lstm, got {CharacterSize} (two directions)";
        }
    }
}
