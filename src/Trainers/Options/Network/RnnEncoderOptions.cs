using System.Text.Json.Serialization;
using MlNetRnn.Options;
using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for the encoder of a network, shared by all trainers: embed → encode.</summary>
public abstract record RnnEncoderOptions : Valid.IValidatableObject
{
    private protected RnnEncoderOptions()
    {
    }

    /// <summary>Type of the recurrent cell.</summary>
    /// <value>The default is <see cref="RnnCell.Lstm"/>.</value>
    [Sweep.Choice(new object[] { RnnCell.Lstm, RnnCell.Gru }, RnnCell.Lstm)]
    public RnnCell Cell { get; init; } = RnnCell.Lstm;

    /// <summary>Activation function of the Elman network. The other cells have fixed activations.</summary>
    /// <value>The default is <see cref="RnnActivation.Tanh"/>.</value>
    public RnnActivation Activation { get; init; } = RnnActivation.Tanh;

    /// <summary>Number of stacked recurrent layers.</summary>
    /// <value>1 to 8. The default is 1.</value>
    [Valid.Range(1, 8)]
    [Sweep.Choice(new object[] { 1, 2 }, 1)]
    public int Layers { get; init; } = 1;

    /// <summary>Size H of the state of one direction.</summary>
    /// <value>1 to 4,096. The default is 128.</value>
    [Valid.Range(1, 4096)]
    [Sweep.Range(32, 256, 128, true)]
    public int HiddenSize { get; init; } = 128;

    /// <summary>
    /// Whether a second recurrence reads the sequence from its end to its start (Schuster and Paliwal, 1997). Ignored if <see cref="Cell"/> is
    /// <see cref="RnnCell.None"/>.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Bidirectional { get; init; } = true;

    /// <summary>Size E of a word vector. Pretrained vectors must have this size. Numeric frames do not use word vectors.</summary>
    /// <value>1 to 4,096. The default is 128.</value>
    [Valid.Range(1, 4096)]
    [Sweep.Range(32, 256, 128, true)]
    public int EmbeddingSize { get; init; } = 128;

    /// <summary>
    /// Probability of dropping a number during training: in the word vectors, between layers and before the output (Srivastava et al., 2014). Input frames are
    /// not dropped.
    /// </summary>
    /// <value>0 to 0.95. The default is 0.5.</value>
    [Valid.Range(0f, 0.95f)]
    [Sweep.Range(0.1f, 0.6f, 0.5f)]
    public float Dropout { get; init; } = 0.5f;

    /// <summary>
    /// Whether dropout drops the same components at all steps of a sequence, in the word vectors and between layers, instead of drawing them anew for each
    /// step. Also known as variational dropout (Gal and Ghahramani, 2016).
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool LockedDropout { get; init; }

    /// <summary>
    /// Probability of dropping a weight of the recurrence during training, the same weights for all steps of a batch (weight drop; Merity et al., 2018).
    /// </summary>
    /// <value>0 to 0.95. The default is 0.</value>
    [Valid.Range(0f, 0.95f)]
    public float WeightDropout { get; init; }

    /// <summary>
    /// Probability of replacing a word by the unknown word during training (Iyyer et al., 2015, section 3.1). A value above 0 also trains the vector that is
    /// used for unseen words. Ignored for numeric frames.
    /// </summary>
    /// <value>0 to 0.95. The default is 0.1.</value>
    [Valid.Range(0f, 0.95f)]
    public float WordDropout { get; init; } = 0.1f;

    /// <summary>How the network reads grids; null for sequences.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal GridEncoding? Grid { get; init; }

    IEnumerable<Valid.ValidationResult> Valid.IValidatableObject.Validate(Valid.ValidationContext validationContext) =>
        Faults().Select(fault => new Valid.ValidationResult(fault));

    /// <summary>Validation errors of the derived type.</summary>
    private protected virtual IEnumerable<string> AdditionalFaults => [];

    private IEnumerable<string> Faults()
    {
        foreach (string fault in AdditionalFaults) yield return fault;
        if (Cell != RnnCell.Elman && Activation != RnnActivation.Tanh)
            yield return $"{nameof(Activation)}: expected Tanh when {nameof(Cell)} is {Cell}, got {Activation}: only Elman supports others";
        if (WeightDropout > 0 && Cell is RnnCell.None or RnnCell.MinGru)
            yield return $"{nameof(WeightDropout)}: expected 0 when {nameof(Cell)} is {Cell}, got {WeightDropout}: the cell has no recurrent weights";
    }
}
