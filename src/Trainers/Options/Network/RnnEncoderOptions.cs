using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>What the networks of all trainers have in common: embed → encode.</summary>
public abstract record RnnEncoderOptions : Valid.IValidatableObject
{
    private protected RnnEncoderOptions()
    {
    }

    /// <summary>The recurrent cell (lecture rows L7, L19, L20).</summary>
    /// <value>The default is <see cref="RnnCell.Lstm"/>.</value>
    [Sweep.Choice(new object[] { RnnCell.Lstm, RnnCell.Gru }, RnnCell.Lstm)]
    public RnnCell Cell { get; init; } = RnnCell.Lstm;

    /// <summary>φ of the Elman network (lecture row L7); the other cells have theirs.</summary>
    /// <value>The default is <see cref="RnnActivation.Tanh"/>.</value>
    public RnnActivation Activation { get; init; } = RnnActivation.Tanh;

    /// <summary>Recurrent layers, one upon another (lecture row L9): 1 to 8.</summary>
    /// <value>The default is 1.</value>
    [Valid.Range(1, 8)]
    [Sweep.Choice(new object[] { 1, 2 }, 1)]
    public int Layers { get; init; } = 1;

    /// <summary>The size H of the state of one direction: 1 to 4096.</summary>
    /// <value>The default is 128.</value>
    [Valid.Range(1, 4096)]
    [Sweep.Range(32, 256, 128, true)]
    public int HiddenSize { get; init; } = 128;

    /// <summary>Whether a second recurrence reads from the end to the start (lecture row L11); without recurrence it means nothing.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Bidirectional { get; init; } = true;

    /// <summary>The size E of the vector of a word: 1 to 4096. Frames of numbers have no word vectors; pretrained ones must be of this size.</summary>
    /// <value>The default is 128.</value>
    [Valid.Range(1, 4096)]
    [Sweep.Range(32, 256, 128, true)]
    public int EmbeddingSize { get; init; } = 128;

    /// <summary>
    /// The probability with which a number is dropped while learning, at the word vectors, between layers and before the output
    /// (Srivastava et al., 2014): 0 to 0.95. Frames themselves are left whole.
    /// </summary>
    /// <value>The default is 0.5.</value>
    [Valid.Range(0f, 0.95f)]
    [Sweep.Range(0.1f, 0.6f, 0.5f)]
    public float Dropout { get; init; } = 0.5f;

    /// <summary>
    /// Whether all steps of a sequence lose the same components to dropout, at the word vectors and between layers (variational dropout; Gal and
    /// Ghahramani, 2016), instead of each step its own.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool LockedDropout { get; init; }

    /// <summary>
    /// The probability with which a word is read as unknown while learning (Iyyer et al., 2015, section 3.1): 0 to 0.95. Above 0 it also
    /// teaches what to make of words that the training data lacks. Frames are no words.
    /// </summary>
    /// <value>The default is 0.1.</value>
    [Valid.Range(0f, 0.95f)]
    public float WordDropout { get; init; } = 0.1f;

    IEnumerable<Valid.ValidationResult> Valid.IValidatableObject.Validate(Valid.ValidationContext validationContext) => Faults().Select(fault => new Valid.ValidationResult(fault));

    /// <summary>What is wrong besides, in words.</summary>
    private protected virtual IEnumerable<string> AdditionalFaults => [];

    private IEnumerable<string> Faults()
    {
        foreach (string fault in AdditionalFaults) yield return fault;
        if (Cell != RnnCell.Elman && Activation != RnnActivation.Tanh)
            yield return $"{nameof(Activation)}: expected Tanh where {nameof(Cell)} is {Cell}, got {Activation}: only the Elman network has a choice";
    }
}
